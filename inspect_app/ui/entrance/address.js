// The provider sends everybody back to the front door. So the address that somebody asked for
// waits in this tab, and is opened once they are in.

const NAME = "inspect-app/address";
const FRONT = "/";

function here() {
  return location.pathname + location.search;
}

function safe(address) {
  // A path of this very app, never another site.
  return address.startsWith("/") && new URL(address, location.origin).origin === location.origin;
}

export default function ({ data }) {
  try {
    if (data.waits) {
      if (here() !== FRONT) sessionStorage.setItem(NAME, here());
      return;
    }
    const address = sessionStorage.getItem(NAME);
    sessionStorage.removeItem(NAME);
    if (address && safe(address) && here() === FRONT) location.replace(address);
  } catch {
    // A browser that forbids it: the front door will do.
  }
}
