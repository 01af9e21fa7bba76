// stack: WASM threads: shared memory that a worker counts in by atomics
// vite: worker
// note: pages are not cross-origin isolated
// marker: x = 40 + 240 * t
import { mark } from "../marker.js";

const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }),
  counter = new Int32Array(memory.buffer);
const worker = new Worker(new URL("../shared-worker.js", import.meta.url), { type: "module" });
worker.postMessage(memory);
mark(40);
requestAnimationFrame(function step(now) {
  worker.postMessage(Math.min(30, Math.floor((now * 30) / 1000)));
  mark(40 + 8 * Atomics.load(counter, 0));
  requestAnimationFrame(step);
});
