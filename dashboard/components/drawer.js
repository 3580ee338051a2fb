// A part beside what is on the page; on a small screen it covers that, as a dialog does, and keeps the keyboard inside.
// Escape asks to close it. It draws nothing of its own: what stands in it comes from the server.
const SMALL = "(max-width: 899px)";
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable], [role=menu]";

export default {
  template: `
    <section class="drawer card" tabindex="-1" :role="covers ? 'dialog' : 'region'" :aria-modal="covers ? 'true' : null"
             :aria-label="label"><slot></slot></section>`,
  props: { label: String, shortcuts: Boolean, takesFocus: Boolean },
  data() {
    return { covers: false };
  },
  mounted() {
    this.held = [];
    this.screen = window.matchMedia(SMALL);
    this.screen.addEventListener("change", this.fit);
    document.addEventListener("keydown", this.onKey);
    this.fit();
    if (this.takesFocus) this.focus();
  },
  beforeUnmount() {
    this.screen.removeEventListener("change", this.fit);
    document.removeEventListener("keydown", this.onKey);
    this.release();
  },
  methods: {
    fit() {
      this.release();
      this.covers = this.screen.matches;
      if (!this.covers) return;
      this.hold();
      this.focus();
    },
    hold() {
      for (let part = this.$el; part.parentElement !== document.body; part = part.parentElement) {
        const others = [...part.parentElement.children].filter((one) => one !== part && !one.inert);
        others.forEach((one) => (one.inert = true));
        this.held.push(...others);
      }
    },
    release() {
      this.held.forEach((one) => (one.inert = false));
      this.held = [];
    },
    focus() {
      this.$el.focus({ preventScroll: true });
    },
    onKey(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector(".q-dialog")) return;
      if (event.key === "Escape" && !event.target.closest("input:not([type=checkbox]), textarea")) this.$emit("away");
      const step = this.covers && this.shortcuts && { j: 1, k: -1 }[event.key];
      if (!step || event.target.closest(TYPING)) return;
      event.preventDefault();
      if (!event.repeat) this.$emit("step", step); // a key that is held would load everyone on the way
    },
  },
};
