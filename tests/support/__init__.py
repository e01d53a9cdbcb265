"""What tests stand on: databases, a browser, people and builders."""
