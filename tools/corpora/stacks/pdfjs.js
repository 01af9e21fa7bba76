// stack: pdf.js: a page rendered in its worker, drawn bigger in steps
// copy: assets/marker.pdf as marker.pdf
// copy: node_modules/pdfjs-dist/build/pdf.worker.min.mjs as pdf.worker.min.mjs
// note: pdf.js draws in animation frames of its own: every second frame is new
// marker: x = 40 + 240 * t
import * as pdfjs from "pdfjs-dist";

pdfjs.GlobalWorkerOptions.workerSrc = "pdf.worker.min.mjs";
document.querySelector("#app").innerHTML = '<canvas width="320" height="180"></canvas>';
const shown = document.querySelector("canvas").getContext("2d"),
  canvas = new OffscreenCanvas(320, 180);
const page = await (await pdfjs.getDocument({ url: "marker.pdf" }).promise).getPage(1);
requestAnimationFrame(async function step(now) {
  const x = 240 * Math.min(1, Math.floor((now * 30) / 1000) / 30);
  await page.render({ canvas: null, canvasContext: canvas.getContext("2d"), viewport: page.getViewport({ scale: 1, offsetX: x }) }).promise;
  shown.drawImage(canvas, 0, 0);
  requestAnimationFrame(step);
});
