// stack: Comlink by Vite: a function of the page that a worker calls, through a port, by its own timer
// vite: worker
// marker: x = 40 + 240 * t
import { proxy, wrap } from "comlink";
import { mark } from "../marker.js";

mark(40);
const remote = wrap(new Worker(new URL("../comlink-worker.js", import.meta.url), { type: "module" }));
remote.follow(proxy(seconds => mark(40 + 240 * Math.min(1, seconds))));
