// stack: p5: setup, draw, noise and millis
// marker: x = 40 + 240 * t
import P5 from "p5";

new P5(p => {
  let start;
  p.setup = () => p.createCanvas(320, 180);
  p.draw = () => {
    start ??= p.millis();
    p.background("#101425");
    p.noStroke();
    p.fill("#4f8");
    for (let i = 0; i < 20; i++) p.circle(16 * i, 150 + 20 * p.noise(i / 5, p.frameCount / 20), 8);
    p.fill("#f0f");
    p.rect(30 + 240 * p.min(1, (p.millis() - start) / 1000), 80, 20, 20);
  };
}, document.querySelector("#app"));
