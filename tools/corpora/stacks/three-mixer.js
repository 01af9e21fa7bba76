// stack: three.js: an AnimationMixer, a loaded texture, shadows, post-processing
// copy: assets/checks.png as checks.png
// marker: x = 40 + 240 * t
import * as THREE from "three";
import { EffectComposer } from "three/addons/postprocessing/EffectComposer.js";
import { OutputPass } from "three/addons/postprocessing/OutputPass.js";
import { RenderPass } from "three/addons/postprocessing/RenderPass.js";
import { mark } from "../marker.js";

const renderer = new THREE.WebGLRenderer(),
  timer = new THREE.Timer();
renderer.setSize(320, 180);
renderer.shadowMap.enabled = true;
document.querySelector("#app").append(renderer.domElement);
const scene = new THREE.Scene(),
  camera = new THREE.PerspectiveCamera(50, 16 / 9);
camera.position.z = 4;
const cube = new THREE.Mesh(
  new THREE.BoxGeometry(),
  new THREE.MeshStandardMaterial({ map: await new THREE.TextureLoader().loadAsync("checks.png") }),
);
const light = new THREE.DirectionalLight("#fff", 4);
light.position.set(1, 1, 2);
light.castShadow = cube.castShadow = cube.receiveShadow = true;
scene.add(cube, light, new THREE.AmbientLight("#fff", 1));
const mixer = new THREE.AnimationMixer(cube);
const clip = new THREE.AnimationClip("move", 1, [
  new THREE.NumberKeyframeTrack(".rotation[y]", [0, 1], [0, 3]),
  new THREE.NumberKeyframeTrack(".position[x]", [0, 1], [-1, 1]),
]);
const action = mixer.clipAction(clip).setLoop(THREE.LoopOnce);
action.clampWhenFinished = true;
action.play();
const composer = new EffectComposer(renderer);
composer.addPass(new RenderPass(scene, camera));
composer.addPass(new OutputPass());
renderer.setAnimationLoop(time => {
  timer.update(time);
  mixer.update(timer.getDelta());
  composer.render();
  mark(160 + 120 * cube.position.x);
});
