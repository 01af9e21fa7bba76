// stack: Lit: an element with a shadow tree and its own animation
// marker: x = 40 + 240 * t
import { css, html, LitElement } from "lit";

class MovingBox extends LitElement {
  static properties = { text: {} };
  static styles = css`
    b {
      position: absolute;
      top: 80px;
      width: 20px;
      height: 20px;
      background: #f0f;
      animation: move 1s linear both;
    }
    @keyframes move {
      from {
        translate: 30px;
      }
      to {
        translate: 270px;
      }
    }
  `;
  firstUpdated() {
    setInterval(() => {
      this.text = `${Math.round(performance.now() / 100)}`;
    }, 100);
  }
  render() {
    return html`<b></b>
      <p>${this.text}</p>`;
  }
}
customElements.define("moving-box", MovingBox);
document.querySelector("#app").append(document.createElement("moving-box"));
