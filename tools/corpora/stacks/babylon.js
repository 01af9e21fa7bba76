// stack: Babylon.js: an animation of its own, a lit mesh
// note: its shaders are modules that frame 0 asks for, so frame 0 is empty
// marker: x = 40 + 240 * t
import {
  Animation,
  ArcRotateCamera,
  Camera,
  Color3,
  Color4,
  CreateBox,
  CreateTorusKnot,
  Engine,
  HemisphericLight,
  Scene,
  StandardMaterial,
  Vector3,
} from "@babylonjs/core";

document.querySelector("#app").innerHTML = '<canvas width="320" height="180" style="width: 320px; height: 180px; display: block"></canvas>';
const engine = new Engine(document.querySelector("canvas"), true),
  scene = new Scene(engine);
scene.clearColor = Color4.FromHexString("#101425ff");
const camera = new ArcRotateCamera("camera", -Math.PI / 2, Math.PI / 2, 300, Vector3.Zero(), scene);
Object.assign(camera, { mode: Camera.ORTHOGRAPHIC_CAMERA, orthoLeft: -160, orthoRight: 160, orthoTop: 90, orthoBottom: -90 });
new HemisphericLight("light", new Vector3(0, 1, -1), scene);
const box = CreateBox("box", { size: 20 }, scene),
  knot = CreateTorusKnot("knot", { radius: 20, tube: 6 }, scene);
box.material = new StandardMaterial("magenta", scene);
box.material.emissiveColor = new Color3(1, 0, 1);
box.material.disableLighting = true;
knot.position.y = -50;
const move = new Animation("move", "position.x", 60, Animation.ANIMATIONTYPE_FLOAT, Animation.ANIMATIONLOOPMODE_CONSTANT);
move.setKeys([
  { frame: 0, value: -120 },
  { frame: 60, value: 120 },
]);
box.animations.push(move);
scene.beginAnimation(box, 0, 60, false);
engine.runRenderLoop(() => {
  knot.rotation.y += engine.getDeltaTime() / 500;
  scene.render();
});
