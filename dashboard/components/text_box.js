// A text area that owns its text: typing is told after a pause, leaving it and Enter at once, each text once.
export default {
  template: `<textarea class="text-box" :rows="lines" autocomplete="off" spellcheck="false"
    @input="later" @change="tell(false)" @blur="tell(false)" @keydown="onKey"></textarea>`,
  props: { lines: Number, most: Number },
  methods: {
    later() {
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.tell(false), 150);
    },
    onKey(event) {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      if (this.lines > 1 && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.tell(true);
    },
    tell(submits) {
      clearTimeout(this.pause);
      const text = this.$el.value;
      if (text === (this.told ?? "") && !submits) return;
      this.told = text;
      const fits = text.length <= this.most;
      this.$emit("typed", { text: fits ? text : "", length: text.length, lines: text.split("\n").length, submits });
    },
    empty() {
      clearTimeout(this.pause);
      this.$el.value = this.told = "";
    },
    focus() {
      this.$el.focus();
    },
  },
  unmounted() {
    clearTimeout(this.pause);
  },
};
