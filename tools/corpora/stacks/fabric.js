// stack: Fabric.js: animated objects on a canvas
// marker: x = 40 + 240 * t
import { Circle, Rect, StaticCanvas } from "fabric";

document.querySelector("#app").innerHTML = '<canvas width="320" height="180"></canvas>';
const canvas = new StaticCanvas(document.querySelector("canvas"), { backgroundColor: "#101425" });
const box = new Rect({ left: 40, top: 90, width: 20, height: 20, fill: "#f0f", originX: "center", originY: "center", strokeWidth: 0 });
canvas.add(box, new Circle({ left: 160, top: 140, radius: 20, fill: "#4f8" }));
box.animate({ left: 280 }, { duration: 1000, easing: (t, b, c, d) => b + (c * t) / d, onChange: () => canvas.renderAll() });
