// stack: mediabunny: frames of a file decoded by WebCodecs, drawn to a canvas
// copy: assets/marker.mp4 as marker.mp4
// note: a frame is decoded after its animation frame has run: each is a frame behind, frame 0 is empty
// marker: x = 40 + 240 * t
import { ALL_FORMATS, CanvasSink, Input, UrlSource } from "mediabunny";

document.querySelector("#app").innerHTML = '<canvas width="320" height="180"></canvas>';
const context = document.querySelector("canvas").getContext("2d");
const input = new Input({ formats: ALL_FORMATS, source: new UrlSource("marker.mp4") });
const sink = new CanvasSink(await input.getPrimaryVideoTrack(), { poolSize: 2 });
requestAnimationFrame(async function step(now) {
  const frame = await sink.getCanvas(Math.floor((now * 30) / 1000) / 30 + 0.001);
  if (frame) context.drawImage(frame.canvas, 0, 0);
  requestAnimationFrame(step);
});
