// stack: Comlink by Vite: a worker that answers in each frame
// vite: worker
// note: the answer of the worker comes after the animation frame that asked for it
// marker: x = 40 + 240 * t
import { wrap } from "comlink";
import { mark } from "../marker.js";

mark(40);
const remote = wrap(new Worker(new URL("../comlink-worker.js", import.meta.url), { type: "module" }));
requestAnimationFrame(async function step(now) {
  mark(await remote.place(Math.min(1, Math.floor((now * 30) / 1000) / 30)));
  requestAnimationFrame(step);
});
