// A combobox with a list under it: typing asks, arrows move, Enter or a click opens. It knows no API.
export default {
  template: `
    <div class="palette">
      <input ref="box" type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list"
             :aria-activedescendant="items.length ? 'palette-' + at : null" aria-label="Find people and pages"
             placeholder="Find people and pages" autocomplete="off" spellcheck="false" @input="typed" @keydown="onKey">
      <ul id="palette-list" role="listbox" aria-label="Found">
        <li v-for="(item, index) in items" :key="item.href" role="option" :id="'palette-' + index" :aria-selected="index === at ? 'true' : 'false'"
            @mousemove="at = index" @click="open(index)">
          <span class="kind">{{ item.kind }}</span>
          <span class="clip">{{ item.label }}</span>
          <span v-if="item.note" class="mono muted clip">{{ item.note }}</span>
        </li>
      </ul>
      <p class="muted small said" role="status">{{ said }}</p>
    </div>`,
  props: { items: Array, said: String },
  data() {
    return { at: 0, timer: null };
  },
  watch: {
    items() {
      this.at = 0;
    },
  },
  mounted() {
    this.$nextTick(() => this.$refs.box.focus());
  },
  beforeUnmount() {
    clearTimeout(this.timer);
  },
  methods: {
    typed() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.$emit("query", this.$refs.box.value), 150);
    },
    onKey(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && this.items.length) {
        event.preventDefault();
        this.at = (this.at + step + this.items.length) % this.items.length;
        this.$nextTick(() => document.getElementById("palette-" + this.at)?.scrollIntoView({ block: "nearest" }));
      } else if (event.key === "Enter") {
        event.preventDefault();
        this.open(this.at);
      }
    },
    open(index) {
      if (this.items[index]) this.$emit("open", this.items[index].href);
    },
  },
};
