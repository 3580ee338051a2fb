// A toast that hears Alt+Z wherever the keyboard is.
export default {
  template: `<div role="status"><slot></slot></div>`,
  mounted() {
    document.addEventListener("keydown", this.onKey);
  },
  methods: {
    onKey(event) {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyZ") return;
      event.preventDefault();
      this.$emit("undo");
    },
  },
  unmounted() {
    document.removeEventListener("keydown", this.onKey);
  },
};
