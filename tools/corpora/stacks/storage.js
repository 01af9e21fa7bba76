// stack: idb and fflate: IndexedDB, compression in a worker, a picture from a Blob
// marker: x = 40 + 240 * t
import { strToU8, unzip, zip } from "fflate";
import { openDB } from "idb";
import { mark } from "../marker.js";

mark(40);
const base = await openDB("corpora", 1, {
  upgrade: base => {
    base.createObjectStore("places");
  },
});
let n = 0;
setInterval(async () => {
  const bytes = await new Promise((resolve, reject) => {
    zip({ "place.txt": strToU8(`${40 + 8 * ++n}`.padEnd(600_000)) }, (error, data) => (error ? reject(error) : resolve(data)));
  });
  await base.put("places", bytes, "now");
  const files = await new Promise((resolve, reject) => {
    base.get("places", "now").then(data => unzip(data, (error, found) => (error ? reject(error) : resolve(found))));
  });
  mark(Math.min(280, Number(new TextDecoder().decode(files["place.txt"]))));
}, 1000 / 30);
