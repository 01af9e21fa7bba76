// stack: Zdog: a shape turned by the page's loop
// marker: x = 40 + 240 * t
import Zdog from "zdog";

document.querySelector("#app").innerHTML = '<canvas width="320" height="180"></canvas>';
const scene = new Zdog.Illustration({ element: "canvas" });
const box = new Zdog.Rect({ addTo: scene, width: 20, height: 20, fill: true, stroke: false, color: "#f0f" });
const cube = new Zdog.Box({
  addTo: scene,
  width: 40,
  height: 40,
  depth: 40,
  translate: { y: 55 },
  color: "#4f8",
  leftFace: "#3c6",
  topFace: "#9fb",
});
requestAnimationFrame(function step(now) {
  box.translate.x = -120 + 240 * Math.min(1, now / 1000);
  cube.rotate.y = now / 300;
  scene.updateRenderGraph();
  requestAnimationFrame(step);
});
