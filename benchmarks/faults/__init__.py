"""What becomes of what people saved when processes are killed, disks fill and databases go away?"""
