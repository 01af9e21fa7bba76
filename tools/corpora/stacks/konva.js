// stack: Konva: a tween, a layer with shapes, an Animation
// marker: x = 40 + 240 * t
import Konva from "konva";

const stage = new Konva.Stage({ container: "app", width: 320, height: 180 }),
  layer = new Konva.Layer();
const box = new Konva.Rect({ x: 30, y: 80, width: 20, height: 20, fill: "#f0f" }),
  star = new Konva.Star({ x: 160, y: 140, numPoints: 5, innerRadius: 10, outerRadius: 20, fill: "#4f8" });
layer.add(box, star);
stage.add(layer);
new Konva.Tween({ node: box, x: 270, duration: 1, easing: Konva.Easings.Linear }).play();
new Konva.Animation(frame => {
  star.rotation(frame.time / 10);
}, layer).start();
