// stack: Two.js: SVG by its own update loop
// marker: x = 40 + 240 * t
import Two from "two.js";

const two = new Two({ width: 320, height: 180, autostart: true }).appendTo(document.querySelector("#app"));
const box = two.makeRectangle(40, 90, 20, 20),
  star = two.makeStar(160, 140, 20, 10, 5);
box.fill = "#f0f";
box.noStroke();
star.fill = "#4f8";
let time = 0;
two.bind("update", (count, delta) => {
  time += delta ?? 0;
  box.position.x = 40 + 240 * Math.min(1, time / 1000);
  star.rotation = time / 300;
});
