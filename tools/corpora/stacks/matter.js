// stack: matter.js: its runner and renderer, a box without friction beside falling ones
// note: its runner makes the first steps shorter
// marker: x = 40 + 240 * t
import Matter, { Bodies, Body, Composite, Engine, Render, Runner } from "matter-js";

const engine = Engine.create(),
  render = Render.create({
    element: document.querySelector("#app"),
    engine,
    options: { width: 320, height: 180, wireframes: false, background: "#101425" },
  });
const free = { frictionAir: 0, friction: 0, collisionFilter: { mask: 0 } };
const box = Bodies.rectangle(40, 90, 20, 20, { ...free, render: { fillStyle: "#f0f" } });
Composite.add(engine.world, [
  box,
  Bodies.rectangle(160, 175, 320, 10, { isStatic: true }),
  ...[1, 2, 3, 4].map(n => Bodies.circle(60 * n, 10 * n, 8, { restitution: 0.7 })),
]);
Body.setVelocity(box, { x: 4, y: 0 }); // a step of 1/60 s
Matter.Events.on(engine, "beforeUpdate", () => {
  Body.applyForce(box, box.position, { x: 0, y: -box.mass * engine.gravity.y * engine.gravity.scale });
  if (box.position.x > 279) {
    Body.setVelocity(box, { x: 0, y: 0 });
    Body.setPosition(box, { x: 280, y: 90 });
  }
});
Render.run(render);
Runner.run(Runner.create(), engine);
