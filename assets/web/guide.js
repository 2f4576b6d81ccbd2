// The guide desk: a form is one asking under the name it was written with, however often it is sent;
// what was typed stays until it is done.
(function () {
  'use strict';
  var TRIES = 4, AGAIN_AFTER = 700, ANSWER_MAX = 5000, TYPED_AFTER = 180, SECOND_PRESS = 6000;
  var busy = false, pressed = null, armed = null, armedAt = 0, timer = 0, asked = 0, calls = 0, title = document.title;

  function node(id) { return document.getElementById(id); }
  function say(text, kind) {
    node('said').className = 'said no-print ' + (text ? kind || '' : 'idle');
    node('said-text').textContent = text;
  }
  function wait(on) {
    busy = on;
    document.body.setAttribute('aria-busy', on ? 'true' : 'false');
  }
  function pairs(form, button) {
    var all = form.querySelectorAll('input, select, textarea'), list = [], i;
    function add(name, value) { list.push(encodeURIComponent(name) + '=' + encodeURIComponent(value)); }
    for (i = 0; i < all.length; i++) {
      if (!all[i].name || (/^(checkbox|radio)$/.test(all[i].type) && !all[i].checked)) { continue; }
      add(all[i].name, all[i].value);
    }
    if (button && button.name) { add(button.name, button.value); }
    return list.join('&');
  }
  function go(to) {
    if (to === location.pathname + location.search) { location.reload(); } else { location.assign(to); }
  }

  function send(form, button) {
    var left = TRIES, what = pairs(form, button), said = node('said');
    wait(true);
    (function attempt() {
      var request = new XMLHttpRequest();
      request.open('POST', form.getAttribute('action'));
      request.setRequestHeader('content-type', 'application/x-www-form-urlencoded');
      request.setRequestHeader('x-paihao-script', '1');
      request.timeout = ANSWER_MAX;
      request.onload = function () {
        wait(false);
        var to = request.getResponseHeader('location');
        if (request.status === 401) { location.reload(); return; }
        if (request.status < 300 && to) { go(to); return; }
        say(request.responseText || String(request.status), request.status < 300 ? 'yes' : 'no');
        window.paihao.look();
      };
      request.onerror = request.ontimeout = function () {
        left -= 1;
        if (left > 0) { say(said.getAttribute('data-trying'), 'no'); setTimeout(attempt, AGAIN_AFTER); }
        else { wait(false); say(said.getAttribute('data-lost'), 'no'); window.paihao.look(); }
      };
      request.send(what);
    })();
  }

  // Without the server no link leads anywhere: one stays with what was filled in.
  function away() {
    if (node('stale').className.indexOf('on') < 0) { return false; }
    say(node('said').getAttribute('data-away'), 'no');
    return true;
  }
  document.addEventListener('click', function (event) {
    var at = event.target, link = at;
    while (link && link.tagName !== 'A') { link = link.parentNode; }
    if (link && node('guide').contains(link) && away()) { event.preventDefault(); return; }
    while (at && at.tagName !== 'BUTTON') { at = at.parentNode; }
    pressed = at;
    if (at && at.getAttribute('data-print') !== null) { window.print(); }
  });
  document.addEventListener('submit', function (event) {
    var form = event.target, button = pressed && form.contains(pressed) ? pressed : null, sure;
    if (form.getAttribute('data-seek') !== null) {
      var first = document.querySelector('#found .item-pick');
      if (first || away()) { event.preventDefault(); }
      if (first) { first.click(); }
      return;
    }
    if (form.getAttribute('data-ask') === null) { return; }
    event.preventDefault();
    if (busy) { return; }
    sure = button && button.getAttribute('data-sure');
    if (sure && (armed !== button.id || Date.now() - armedAt > SECOND_PRESS)) {
      armed = button.id; armedAt = Date.now();
      say(sure + ' ' + node('said').getAttribute('data-again'), '');
      return;
    }
    armed = null;
    send(form, button);
  });

  // What is typed is looked for at once; the address follows, so that the page stays true to it.
  function seek() {
    var field = node('find'), form = field && field.form, mine;
    if (!form || form.getAttribute('data-seek') === null) { return; }
    mine = asked += 1;
    var address = '/guide?' + pairs(form, null), request = new XMLHttpRequest();
    request.open('GET', address + '&fragment=1');
    request.timeout = ANSWER_MAX;
    request.onload = function () {
      var fresh = document.createElement('div'), now = node('found'), found;
      if (mine !== asked || request.status !== 200) { return; }
      fresh.innerHTML = request.responseText;
      found = fresh.querySelector('#found');
      if (found && now) { now.parentNode.replaceChild(found, now); history.replaceState(null, '', address); }
    };
    request.send();
  }
  document.addEventListener('input', function (event) {
    if (event.target.id === 'find') { clearTimeout(timer); timer = setTimeout(seek, TYPED_AFTER); }
  });

  // ↓ and ↑ walk from the words through what was found.
  function walk(step) {
    var all = document.querySelectorAll('#find, #found .item-pick, #found .queue'), i;
    for (i = 0; i < all.length && all[i] !== document.activeElement; i++) { /* where one is */ }
    if (all[i + step]) { all[i + step].focus(); return true; }
    return false;
  }
  document.addEventListener('keydown', function (event) {
    var name = event.key, writes = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName), at;
    if (event.altKey && (name === 'p' || name === 'P')) {
      at = document.querySelector('[data-print]');
      if (at) { event.preventDefault(); at.click(); }
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) { return; }
    if (name === '/' && (!writes || event.target.type === 'radio' || event.target.type === 'checkbox')) { at = node('find') || document.querySelector('#panel input:not([type=hidden])'); if (at) { event.preventDefault(); at.focus(); if (at.select) { at.select(); } } return; }
    if ((name === 'ArrowDown' || name === 'ArrowUp') && (event.target.id === 'find' || (node('found') && node('found').contains(event.target)))) {
      if (walk(name === 'ArrowDown' ? 1 : -1)) { event.preventDefault(); }
      return;
    }
    at = document.querySelector('[data-key="' + name + '"]');
    if (!at || event.repeat) { return; }
    event.preventDefault();
    at.click();
  });

  // Somebody asks for help: the title says so too, for a page that lies behind another.
  function listen() {
    var card = node('helps'), open = card ? Number(card.getAttribute('data-open')) : 0;
    if (open !== calls) { document.title = open ? '(' + open + ') ' + card.getAttribute('data-title') + ' · ' + title : title; }
    calls = open;
  }
  setInterval(listen, 500);

  // What was said and printed is not said and printed again when the page is loaded anew.
  var search = location.search, once = search.replace(/&(said|print)=[^&]*/g, '');
  if (document.querySelector('[data-print-now]') && search.indexOf('&print=') > 0) { window.addEventListener('load', function () { window.print(); }); }
  if (once !== search) { history.replaceState(null, '', location.pathname + once); }
})();
