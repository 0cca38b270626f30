"""The script of index.html: search, sort, filter, and an address that keeps them."""

SCRIPT = """
(function () {
  'use strict';
  var table = document.getElementById('list'), box = document.getElementById('q');
  var count = document.getElementById('count'), nothing = document.getElementById('nothing');
  var chips = [].slice.call(document.querySelectorAll('.chip'));
  var heads = [].slice.call(table.tHead.rows[0].cells);
  var order = window.Intl && Intl.Collator ? new Intl.Collator('zh-CN', {numeric: true}).compare
    : function (a, b) { return a < b ? -1 : a > b ? 1 : 0; };
  var state = {q: '', sort: 0, dir: 'asc', section: 0};
  var fold = function (text) {
    text = text.normalize ? text.normalize('NFKC') : text;
    return text.toLowerCase();
  };
  var sections = [].slice.call(table.tBodies).map(function (body) {
    var rows = [].slice.call(body.rows);
    return {body: body, head: rows[0], label: rows[0].querySelector('.n'),
      empty: rows[1].className === 'none',
      rows: rows.slice(1).map(function (row, index) { return {row: row, index: index, text: null, shown: true}; })};
  });
  var key = function (item, column) {
    return item.row.cells[column].textContent.trim();
  };
  var wordsOf = function (item) {
    if (item.text === null) {
      item.text = fold([].map.call(item.row.cells, function (cell) { return cell.textContent; }).join(' '));
    }
    return item.text;
  };
  var sortRows = function () {
    var column = state.sort - 1, sign = state.dir === 'desc' ? -1 : 1;
    sections.forEach(function (section) {
      if (section.empty) { return; }
      if (column >= 0) { section.rows.forEach(function (item) { item.key = key(item, column); }); }
      section.rows.sort(function (a, b) {
        if (column < 0) { return a.index - b.index; }
        if (!a.key !== !b.key) { return a.key ? -1 : 1; }
        return sign * order(a.key, b.key) || a.index - b.index;
      });
      var piece = document.createDocumentFragment();
      section.rows.forEach(function (item) { piece.appendChild(item.row); });
      section.body.appendChild(piece);
    });
    heads.forEach(function (head, index) {
      if (index === column) { head.setAttribute('aria-sort', sign > 0 ? 'ascending' : 'descending'); }
      else { head.removeAttribute('aria-sort'); }
    });
  };
  var filterRows = function () {
    var words = fold(state.q).split(/\\s+/).filter(Boolean), total = 0;
    table.style.display = 'none';
    sections.forEach(function (section, index) {
      var open = !state.section || state.section === index + 1, found = 0;
      if (section.empty) {
        section.body.hidden = !open || words.length > 0;
        return;
      }
      section.rows.forEach(function (item) {
        var text = words.length ? wordsOf(item) : '';
        var shown = open && words.every(function (word) { return text.indexOf(word) >= 0; });
        if (shown !== item.shown) { item.row.hidden = !shown; item.shown = shown; }
        if (shown) { found += 1; }
      });
      section.body.hidden = !open || !found;
      var all = section.rows.length + ' 项';
      section.label.textContent = words.length ? found + ' / ' + all : all;
      total += found;
    });
    table.style.display = '';
    chips.forEach(function (chip) {
      chip.setAttribute('aria-pressed', String(+chip.getAttribute('data-section') === state.section));
    });
    count.textContent = '共 ' + total + ' 项';
    var visible = sections.some(function (section) { return !section.body.hidden; });
    nothing.hidden = visible;
    table.hidden = !visible;
  };
  var remember = function () {
    var parts = [];
    if (state.q) { parts.push('q=' + encodeURIComponent(state.q)); }
    if (state.section) { parts.push('section=' + state.section); }
    if (state.sort) { parts.push('sort=' + state.sort + '&dir=' + state.dir); }
    try { history.replaceState(null, '', '#' + parts.join('&')); } catch (refused) { /* the page works without */ }
  };
  var recall = function () {
    state = {q: '', sort: 0, dir: 'asc', section: 0};
    location.hash.slice(1).split('&').forEach(function (part) {
      var at = part.indexOf('='), name = part.slice(0, at), value = part.slice(at + 1);
      try { value = decodeURIComponent(value.replace(/\\+/g, ' ')); } catch (damaged) { return; }
      if (name === 'q') { state.q = value; }
      if (name === 'dir' && value === 'desc') { state.dir = 'desc'; }
      if (name === 'sort' && +value >= 1 && +value <= heads.length) { state.sort = Math.floor(+value); }
      if (name === 'section' && +value >= 1 && +value <= sections.length) { state.section = Math.floor(+value); }
    });
    box.value = state.q;
    sortRows();
    filterRows();
  };
  heads.forEach(function (head, index) {
    var button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    button.title = '按' + head.textContent + '排序';
    head.textContent = '';
    head.appendChild(button);
    button.addEventListener('click', function () {
      if (state.sort !== index + 1) { state.sort = index + 1; state.dir = 'asc'; }
      else if (state.dir === 'asc') { state.dir = 'desc'; }
      else { state.sort = 0; state.dir = 'asc'; }
      sortRows();
      remember();
    });
  });
  chips.forEach(function (chip) {
    chip.addEventListener('click', function () {
      var chosen = +chip.getAttribute('data-section');
      state.section = chosen === state.section ? 0 : chosen;
      filterRows();
      remember();
    });
  });
  var waiting = 0;
  box.addEventListener('input', function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () { state.q = box.value.trim(); filterRows(); remember(); }, 120);
  });
  document.getElementById('print').addEventListener('click', function () { window.print(); });
  document.addEventListener('keydown', function (event) {
    if (event.key === '/' && document.activeElement !== box) { event.preventDefault(); box.focus(); }
    if (event.key === 'Escape' && document.activeElement === box) {
      box.value = ''; state.q = ''; filterRows(); remember();
    }
  });
  window.addEventListener('hashchange', recall);
  document.getElementById('controls').hidden = false;
  recall();
}());
"""
"""Written for browsers from about 2018 on; nothing in it asks for anything outside the page."""
