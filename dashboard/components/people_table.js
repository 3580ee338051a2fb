// One page of subscribers as a real table: links, sort buttons, selection, keyboard, times in full on hover and focus.
// It draws and reports; it knows no API. Rows are memoised and their elements kept from page to page, because the
// whole page is rendered anew with each message of the server.
const COPY = "M9 9h10v11H9z M15 9V4H5v11h4";
const DONE = "M5 12.5l4.5 4.5L19 7.5";
const BESIDE = "M4 5h16v14H4z M14 5v14";
const WALK_MS = 150; // who only walks past a row does not look at it
const BUSY_AFTER_MS = 150; // an answer that comes at once needs no sign that it is awaited
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=menu]";

export default {
  template: `
    <div class="people-wrap" role="region" aria-label="Subscribers" :aria-busy="busy ? 'true' : 'false'"
         @mouseover="showTip" @focusin="showTip" @mouseleave="tip = null" @focusout="tip = null" @keydown.esc="closeTip"
         @scroll="tip = null">
      <div v-if="busy" class="progress-line" aria-hidden="true"></div>
      <div v-if="tip" class="tip" id="people-tip" role="tooltip" :style="{ left: tip.x + 'px', top: tip.y + 'px' }">{{ tip.text }}</div>
      <table class="people" :class="{ compact: compact, stale: busy }">
        <caption class="visually-hidden">{{ caption }}</caption>
        <thead>
          <tr>
            <th v-if="selectable" class="pick" scope="col">
              <input type="checkbox" aria-label="Select all people on this page" :checked="allChosen"
                     :indeterminate.prop="someChosen && !allChosen" @change="report(0, rows.length - 1, $event.target.checked)">
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
          <tr v-for="(row, index) in rows" :key="index" v-memo="[row, columns, unseen[index], isChosen(row), index === current, copied === row.key, beside === row.id]"
              :class="{ chosen: isChosen(row), current: index === current, looked: beside === row.id }"
              @click="rowClicked($event, row)" @focusin="current = index">
            <td v-if="selectable" class="pick">
              <input type="checkbox" :aria-label="'Select ' + row.name" :checked="isChosen(row)" @click="choose($event, index)">
            </td>
            <td v-for="column in columns" :key="column.key" :class="column.classes">
              <div v-if="column.key === 'person'" class="who">
                <span class="avatar" :style="{ '--hue': row.hue }" aria-hidden="true">{{ row.initials }}</span>
                <span class="text" :class="{ three: row.matched }">
                  <a class="clip" :href="row.href" :data-tip="row.name">{{ row.name }}</a>
                  <span class="sub">
                    <span class="mono clip" :data-tip="row.id">{{ row.id }}</span>
                    <button type="button" :aria-label="'Copy the id ' + row.id" @click.stop="copy(row)">
                      <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" aria-hidden="true">
                        <path :d="copied === row.key ? done : copyIcon"></path></svg>
                    </button>
                  </span>
                  <span v-if="row.matched" class="matched clip">{{ row.matched }}</span>
                </span>
                <button type="button" class="look" :aria-label="'Preview ' + row.name + ' beside the list'" title="Preview (o)"
                        :aria-pressed="beside === row.id" :tabindex="index === current ? 0 : -1" @click.stop="look(row, false)">
                  <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true"><path :d="besideIcon"></path></svg>
                </button>
              </div>
              <div v-else-if="column.key === 'channels'" class="chips">
                <span v-for="(chip, at) in row.channels" :key="at" class="chip" :class="chip.tone" :data-tip="chip.title">{{ chip.label }}</span>
                <span v-if="!row.channels.length" class="nothing">none</span>
              </div>
              <template v-else-if="column.key === 'unseen'">
                <span v-if="!unseen[index]" class="bone figure-bone" title="Being counted"></span>
                <span v-else class="count" :class="unseen[index].tone" :data-tip="unseen[index].title">{{ unseen[index].text }}</span>
              </template>
              <span v-else-if="column.key === 'online'" class="row-x" :data-tip="row.online.title" :tabindex="index === current ? 0 : -1"
                    aria-describedby="people-tip">
                <span class="dot" :class="row.online.tone" aria-hidden="true"></span><span class="small">{{ row.online.short }}</span>
              </span>
              <time v-else-if="column.time" class="small" :datetime="row[column.key].iso" :data-tip="row[column.key].title"
                    aria-describedby="people-tip" :tabindex="index === current ? 0 : -1">{{ row[column.key].text }}</time>
              <div v-else class="clip" :data-tip="row[column.key]"><span :class="{ nothing: !row[column.key] }">{{ row[column.key] || '—' }}</span></div>
            </td>
          </tr>
        </tbody>
      </table>
    </div>`,
  props: {
    rows: Array,
    columns: Array,
    unseenStart: Array,
    chosenStart: Array,
    selectable: Boolean,
    sortKey: String,
    descending: Boolean,
    compact: Boolean,
    caption: String,
    shortcuts: Boolean,
    besideStart: String,
  },
  data() {
    return {
      unseen: this.unseenStart || [],
      chosen: new Set(this.chosenStart || []),
      current: -1,
      anchor: -1,
      copied: null,
      tip: null,
      busy: false,
      beside: this.besideStart || "",
      besideIcon: BESIDE,
      copyIcon: COPY,
      done: DONE,
    };
  },
  watch: {
    rows() {
      this.current = -1;
      this.anchor = -1;
      this.tip = null;
      this.setBusy(false);
    },
    unseenStart(value) {
      this.unseen = value || [];
    },
    chosenStart(value) {
      this.chosen = new Set(value || []);
    },
  },
  computed: {
    allChosen() {
      return this.rows.length > 0 && this.rows.every(this.isChosen);
    },
    someChosen() {
      return this.rows.some(this.isChosen);
    },
  },
  mounted() {
    document.addEventListener("keydown", this.onKey);
  },
  beforeUnmount() {
    clearTimeout(this.busySoon);
    clearTimeout(this.walking);
    document.removeEventListener("keydown", this.onKey);
  },
  methods: {
    setBusy(busy) {
      clearTimeout(this.busySoon);
      if (busy) this.busySoon = setTimeout(() => (this.busy = true), BUSY_AFTER_MS);
      else this.busy = false;
    },
    setUnseen(counts) {
      this.unseen = counts;
    },
    setChosen(ids) {
      this.chosen = new Set(ids);
    },
    focusFirst() {
      this.current = -1;
      this.move(1);
    },
    setBeside(id) {
      if (!id) clearTimeout(this.walking); // otherwise it may tell of the row before, and the walk goes on
      this.beside = id;
    },
    focusRow(id) {
      this.current = this.rows.findIndex((row) => row.id === id);
      // After NiceGUI has scrolled a new page to its top, for which it waits for a frame, too.
      requestAnimationFrame(() => this.move(this.current < 0 ? 1 : 0));
    },
    look(row, walks) {
      clearTimeout(this.walking);
      this.$emit("look", { id: row.id, walks: walks });
    },
    closeTip(event) {
      if (this.tip) event.stopPropagation();
      this.tip = null;
    },
    sortOf(column) {
      if (!column.sortable) return null;
      return column.key === this.sortKey ? (this.descending ? "descending" : "ascending") : "none";
    },
    isChosen(row) {
      return this.chosen.has(row.id);
    },
    showTip(event) {
      const target = event.target.closest("[data-tip]");
      const isWhole = target?.classList.contains("clip") && target.scrollWidth <= target.clientWidth;
      if (!target?.dataset.tip || isWhole) {
        if (!event.target.closest(".tip")) this.tip = null;
        return;
      }
      const box = target.getBoundingClientRect();
      this.tip = { text: target.dataset.tip, x: Math.min(box.left, window.innerWidth - 260), y: box.bottom + 2 };
    },
    rowClicked(event, row) {
      if (event.target.closest("a, button, input") || String(window.getSelection())) return;
      const link = event.currentTarget.querySelector("a");
      if (event.metaKey || event.ctrlKey) window.open(link.href, "_blank", "noopener");
      else link.click();
    },
    choose(event, index) {
      event.stopPropagation();
      this.chooseUpTo(index, event.target.checked, event.shiftKey);
    },
    chooseUpTo(index, on, isRange) {
      const from = isRange && this.anchor >= 0 ? this.anchor : index;
      this.anchor = index;
      this.report(Math.min(from, index), Math.max(from, index), on);
    },
    report(low, high, on) {
      const ids = this.rows.slice(low, high + 1).map((row) => row.id);
      const chosen = new Set(this.chosen);
      ids.forEach((id) => (on ? chosen.add(id) : chosen.delete(id)));
      this.chosen = chosen;
      this.$emit("choose", { ids: ids, on: on });
    },
    copy(row) {
      navigator.clipboard?.writeText(row.id);
      this.copied = row.key;
      setTimeout(() => (this.copied = null), 1500);
    },
    move(step) {
      if (!this.rows.length || !this.$refs.body) return; // nobody there, or the list was left before its row had the focus
      const from = this.current < 0 ? this.rows.findIndex((row) => row.id === this.beside) : this.current;
      const next = Math.min(this.rows.length - 1, Math.max(0, from + step));
      this.current = next;
      this.$refs.body.rows[next].querySelector("a").focus();
      clearTimeout(this.walking);
      if (this.beside) this.walking = setTimeout(() => this.look(this.rows[next], true), WALK_MS);
    },
    onKey(event) {
      if (event.metaKey || event.ctrlKey || event.altKey || event.target.closest(TYPING)) return;
      if (document.querySelector(".q-dialog") || this.$el.closest("[inert]")) return;
      const inTable = this.$el.contains(event.target);
      const arrow = inTable ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : 0;
      const step = arrow || (this.shortcuts && { j: 1, k: -1 }[event.key]);
      if (step) {
        event.preventDefault();
        this.move(step);
      } else if (this.shortcuts && this.selectable && event.key.toLowerCase() === "x" && this.current >= 0) {
        event.preventDefault();
        this.chooseUpTo(this.current, event.shiftKey || !this.isChosen(this.rows[this.current]), event.shiftKey);
      } else if (this.current >= 0 && (event.key === " " ? event.target.matches("tbody a") : this.shortcuts && event.key === "o")) {
        event.preventDefault();
        this.look(this.rows[this.current], false);
      }
    },
  },
};
