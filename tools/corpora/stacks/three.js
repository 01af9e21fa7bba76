// stack: three.js: its renderer's loop, a clock, lit and unlit meshes
// marker: x = 40 + 240 * t
import * as THREE from "three";

const renderer = new THREE.WebGLRenderer({ antialias: true });
renderer.setSize(320, 180);
document.querySelector("#app").append(renderer.domElement);
const scene = new THREE.Scene(),
  camera = new THREE.OrthographicCamera(0, 320, 0, -180, -100, 100);
const box = new THREE.Mesh(new THREE.BoxGeometry(20, 20, 20), new THREE.MeshBasicMaterial({ color: "#f0f" }));
const knot = new THREE.Mesh(new THREE.TorusKnotGeometry(20, 6), new THREE.MeshStandardMaterial({ color: "#4f8" }));
knot.position.set(160, -140, 0);
scene.add(box, knot, new THREE.HemisphereLight("#fff", "#444", 3));
renderer.setAnimationLoop(time => {
  box.position.set(40 + Math.min(1, time / 1000) * 240, -90, 0);
  knot.rotation.y = time / 500;
  renderer.render(scene, camera);
});
