// stack: module workers by Vite, with a bundle of their own and an OffscreenCanvas
// vite: worker
// marker: x = 40 + 240 * t
import { mark } from "../marker.js";

mark(-20);
document.querySelector("#app").innerHTML = '<canvas width="320" height="180"></canvas>';
const worker = new Worker(new URL("../drawing-worker.js", import.meta.url), { type: "module" });
const canvas = document.querySelector("canvas").transferControlToOffscreen();
worker.postMessage({ canvas }, [canvas]);
