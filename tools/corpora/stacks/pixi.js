// stack: PixiJS: its ticker, graphics, text, filters
// marker: x = 40 + 240 * t
import { Application, BlurFilter, Graphics, Text } from "pixi.js";

const app = new Application();
await app.init({ width: 320, height: 180, background: "#101425" });
document.querySelector("#app").append(app.canvas);
const box = new Graphics().rect(-10, -10, 20, 20).fill("#f0f"),
  blurred = new Graphics().circle(0, 0, 20).fill("#4f8");
blurred.filters = [new BlurFilter({ strength: 6 })];
blurred.position.set(160, 140);
box.position.set(40, 90);
app.stage.addChild(blurred, box, new Text({ text: "PixiJS", style: { fill: "#fff" } }));
app.ticker.add(ticker => {
  box.x = Math.min(280, box.x + 0.24 * ticker.deltaMS);
  blurred.y = 120 + 20 * Math.sin(ticker.lastTime / 200);
});
