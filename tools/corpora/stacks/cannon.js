// stack: cannon-es: physics by fixedStep with the page's clock, drawn by CSS
// marker: x = 40 + 240 * t
import { Body, Sphere, Vec3, World } from "cannon-es";
import { mark } from "../marker.js";

const world = new World(),
  body = new Body({ mass: 1, shape: new Sphere(10), position: new Vec3(40, 90, 0), velocity: new Vec3(240, 0, 0), linearDamping: 0 });
world.addBody(body);
mark(40);
requestAnimationFrame(function step() {
  world.fixedStep(1 / 240);
  mark(Math.min(280, body.interpolatedPosition.x));
  requestAnimationFrame(step);
});
