// stack: Tween.js: chained tweens in a loop of the page
// marker: x = 40 + 240 * t
import { Easing, Group, Tween } from "@tweenjs/tween.js";
import { mark } from "../marker.js";

const group = new Group(),
  place = { x: 40 };
group.add(
  new Tween(place)
    .to({ x: 280 }, 1000)
    .easing(Easing.Linear.None)
    .onUpdate(() => mark(place.x))
    .start(),
);
requestAnimationFrame(function step(now) {
  group.update(now);
  requestAnimationFrame(step);
});
