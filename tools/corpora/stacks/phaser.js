// stack: Phaser: a tween, physics, particles, a texture made by the page
// marker: x = 40 + 240 * t
import * as Phaser from "phaser";

new Phaser.Game({
  type: Phaser.AUTO,
  width: 320,
  height: 180,
  parent: "app",
  backgroundColor: "#101425",
  banner: false,
  audio: { noAudio: true },
  physics: { default: "arcade", arcade: { gravity: { y: 300 } } },
  scene: {
    create() {
      const box = this.add.rectangle(40, 90, 20, 20, 0xff00ff);
      this.tweens.add({ targets: box, x: 280, duration: 1000, ease: "Linear" });
      const ball = this.add.circle(160, 20, 10, 0x44ff88);
      this.physics.add.existing(ball);
      ball.body.setBounce(0.8).setCollideWorldBounds(true);
      this.add.graphics().fillStyle(0xffaa44).fillRect(0, 0, 4, 4).generateTexture("dot", 4, 4).destroy();
      this.add.particles(280, 30, "dot", { speed: 60, lifespan: 500 });
    },
  },
});
