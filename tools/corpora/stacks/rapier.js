// stack: Rapier: WebAssembly physics with a time step by the clock
// marker: x = 40 + 240 * t
import RAPIER from "@dimforge/rapier2d-compat";
import { mark } from "../marker.js";

await RAPIER.init();
const world = new RAPIER.World({ x: 0, y: 300 });
const slider = world.createRigidBody(RAPIER.RigidBodyDesc.dynamic().setTranslation(40, 90).setGravityScale(0).setLinvel(240, 0));
world.createCollider(RAPIER.ColliderDesc.cuboid(160, 5).setTranslation(160, 175));
const balls = [1, 2, 3, 4].map(n => {
  const body = world.createRigidBody(RAPIER.RigidBodyDesc.dynamic().setTranslation(60 * n, 10 * n));
  world.createCollider(RAPIER.ColliderDesc.ball(8).setRestitution(0.7), body);
  return body;
});
document.querySelector("#app").innerHTML = '<canvas width="320" height="180"></canvas>';
const context = document.querySelector("canvas").getContext("2d");
let last;
requestAnimationFrame(function step(now) {
  if (last !== undefined) {
    world.timestep = (now - last) / 1000;
    world.step();
  }
  last = now;
  context.clearRect(0, 0, 320, 180);
  context.fillStyle = "#4f8";
  for (const ball of balls) {
    context.beginPath();
    context.arc(ball.translation().x, ball.translation().y, 8, 0, 7);
    context.fill();
  }
  mark(Math.min(280, slider.translation().x));
  requestAnimationFrame(step);
});
