// Single keys and Ctrl-K anywhere on the page: reports which one was pressed, or moves the focus by itself.
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=menu]";

export default {
  template: `<span hidden></span>`,
  props: { keys: Array, chords: Array, places: Object, enabled: Boolean },
  mounted() {
    document.addEventListener("keydown", this.onKey);
  },
  beforeUnmount() {
    document.removeEventListener("keydown", this.onKey);
  },
  methods: {
    onKey(event) {
      const chord = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (chord && this.chords.includes(event.key.toLowerCase())) {
        event.preventDefault();
        this.$emit("key", "ctrl-" + event.key.toLowerCase());
        return;
      }
      if (!this.enabled || event.ctrlKey || event.metaKey || event.altKey || !this.keys.includes(event.key)) return;
      if (event.target.closest(TYPING) || document.querySelector(".q-dialog, [aria-modal=true]")) return;
      event.preventDefault();
      const place = this.places[event.key] && document.querySelector(this.places[event.key]);
      if (place) {
        place.focus();
        place.select?.();
      } else {
        this.$emit("key", event.key);
      }
    },
  },
};
