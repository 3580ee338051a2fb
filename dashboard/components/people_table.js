// One page of subscribers as a real table: links, sort buttons, selection, keyboard. It draws and reports; it knows no API.
const COPY = "M9 9h10v11H9z M15 9V4H5v11h4";
const DONE = "M5 12.5l4.5 4.5L19 7.5";

export default {
  template: `
    <div class="people-wrap" role="region" aria-label="Subscribers" :aria-busy="busy ? 'true' : 'false'">
      <div v-if="busy" class="progress-line" aria-hidden="true"></div>
      <table class="people" :class="{ compact: compact, stale: busy }">
        <caption class="visually-hidden">{{ caption }}</caption>
        <thead>
          <tr>
            <th v-if="selectable" class="pick" scope="col">
              <input type="checkbox" aria-label="Select all people on this page" :checked="allChosen"
                     :indeterminate.prop="someChosen && !allChosen" @change="chooseAll($event.target.checked)">
            </th>
            <th v-for="column in columns" :key="column.key" scope="col" :class="column.classes"
                :aria-sort="sortOf(column)">
              <button v-if="column.sortable" type="button" @click="$emit('sort', column.key)">
                {{ column.label }} <span class="arrow" aria-hidden="true">{{ descending ? '↓' : '↑' }}</span>
              </button>
              <span v-else>{{ column.label }}</span>
            </th>
          </tr>
        </thead>
        <tbody ref="body">
          <tr v-for="(row, index) in rows" :key="row.key" :class="{ chosen: isChosen(row), current: index === current }"
              @click="rowClicked($event, row)" @focusin="current = index">
            <td v-if="selectable" class="pick">
              <input type="checkbox" :aria-label="'Select ' + row.name" :checked="isChosen(row)"
                     @click="choose($event, index)">
            </td>
            <td v-for="column in columns" :key="column.key" :class="column.classes">
              <div v-if="column.key === 'person'" class="who">
                <span class="avatar" :style="{ '--hue': row.hue }" aria-hidden="true">{{ row.initials }}</span>
                <span class="text">
                  <a class="clip" :href="row.href">{{ row.name }}</a>
                  <span class="sub">
                    <span class="mono clip">{{ row.id }}</span>
                    <button type="button" :aria-label="'Copy the id ' + row.id" @click.stop="copy(row)">
                      <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" aria-hidden="true">
                        <path :d="copied === row.key ? done : copyIcon"></path></svg>
                    </button>
                  </span>
                  <span v-if="row.matched" class="matched">{{ row.matched }}</span>
                </span>
              </div>
              <div v-else-if="column.key === 'channels'" class="chips">
                <span v-for="(chip, at) in row.channels" :key="at" class="chip" :class="chip.tone" :title="chip.title">{{ chip.label }}</span>
                <span v-if="!row.channels.length" class="nothing">none</span>
              </div>
              <template v-else-if="column.key === 'unseen'">
                <span v-if="unseen[index] === undefined || unseen[index] === null" class="bone" style="display:inline-block;width:22px;height:14px" title="Being counted"></span>
                <span v-else class="count" :class="unseen[index].tone" :title="unseen[index].title">{{ unseen[index].text }}</span>
              </template>
              <span v-else-if="column.key === 'online'" class="row-x" :title="row.online.title">
                <span class="dot" :class="row.online.tone" aria-hidden="true"></span><span class="small">{{ row.online.short }}</span>
              </span>
              <time v-else-if="column.time" class="small" :datetime="row[column.key].iso" :title="row[column.key].title"
                    tabindex="-1">{{ row[column.key].text }}</time>
              <div v-else class="clip" :title="row[column.key]"><span :class="{ nothing: !row[column.key] }">{{ row[column.key] || '—' }}</span></div>
            </td>
          </tr>
        </tbody>
      </table>
    </div>`,
  props: {
    rows: Array,
    columns: Array,
    unseenStart: Array,
    chosen: Array,
    selectable: Boolean,
    sortKey: String,
    descending: Boolean,
    compact: Boolean,
    busy: Boolean,
    caption: String,
    shortcuts: Boolean,
  },
  data() {
    return { unseen: this.unseenStart || [], current: -1, anchor: -1, copied: null, copyIcon: COPY, done: DONE };
  },
  watch: {
    rows() {
      this.current = -1;
      this.anchor = -1;
    },
    unseenStart(value) {
      this.unseen = value || [];
    },
  },
  computed: {
    chosenSet() {
      return new Set(this.chosen);
    },
    allChosen() {
      return this.rows.length > 0 && this.rows.every((row) => this.chosenSet.has(row.id));
    },
    someChosen() {
      return this.rows.some((row) => this.chosenSet.has(row.id));
    },
  },
  mounted() {
    document.addEventListener("keydown", this.onKey);
  },
  beforeUnmount() {
    document.removeEventListener("keydown", this.onKey);
  },
  methods: {
    setUnseen(counts) {
      this.unseen = counts;
    },
    sortOf(column) {
      if (!column.sortable) return null;
      return column.key === this.sortKey ? (this.descending ? "descending" : "ascending") : "none";
    },
    isChosen(row) {
      return this.chosenSet.has(row.id);
    },
    rowClicked(event, row) {
      if (event.target.closest("a, button, input") || String(window.getSelection())) return;
      const link = event.currentTarget.querySelector("a");
      if (event.metaKey || event.ctrlKey) window.open(link.href, "_blank", "noopener");
      else link.click();
    },
    choose(event, index) {
      event.stopPropagation();
      const on = event.target.checked;
      const from = event.shiftKey && this.anchor >= 0 ? this.anchor : index;
      const [low, high] = [Math.min(from, index), Math.max(from, index)];
      this.anchor = index;
      this.report(low, high, on);
    },
    chooseAll(on) {
      this.report(0, this.rows.length - 1, on);
    },
    report(low, high, on) {
      this.$emit("choose", { ids: this.rows.slice(low, high + 1).map((row) => row.id), on: on });
    },
    copy(row) {
      navigator.clipboard?.writeText(row.id);
      this.copied = row.key;
      setTimeout(() => (this.copied = null), 1500);
    },
    move(step) {
      if (!this.rows.length) return;
      const next = Math.min(this.rows.length - 1, Math.max(0, this.current + step));
      this.current = next;
      this.$refs.body.rows[next].querySelector("a").focus();
    },
    onKey(event) {
      if (!this.shortcuts || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=menu]")) return;
      if (document.querySelector(".q-dialog")) return;
      const inTable = this.$el.contains(event.target);
      const step = { j: 1, k: -1, ArrowDown: inTable ? 1 : 0, ArrowUp: inTable ? -1 : 0 }[event.key];
      if (step) {
        event.preventDefault();
        this.move(step);
      } else if (event.key === "x" && this.selectable && this.current >= 0) {
        event.preventDefault();
        const row = this.rows[this.current];
        this.anchor = this.current;
        this.report(this.current, this.current, !this.isChosen(row));
      }
    },
  },
};
