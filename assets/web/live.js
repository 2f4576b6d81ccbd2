// Keeps a page true: the server says that something changed, the page fetches the whole of it again.
// Plain script for old browsers; without it every page still shows what was true when it was opened.
(function () {
  'use strict';
  var LOST_AFTER = 5000, SILENT_AFTER = 10000, GAP = 700, LISTEN_AGAIN = 5000, LOOK_AGAIN = 3000, LOOK_LOST = 2000, ANSWER_MAX = 4000, HELD_MAX = 2000;
  var body = document.body;
  var loaded = Date.now(), at = Number(body.getAttribute('data-at')), speed = Number(body.getAttribute('data-speed')) || 1;
  var offset = Number(body.getAttribute('data-offset')) * 60000;
  var heard = Date.now(), lostSince = 0, fetched = 0, wanted = false, waiting = false, busy = false, stale = false, soon = false;

  // Whoever touches the page is there: it is told with the next look, and where no look follows on its own.
  var touched = false, touchedAt = Date.now(), toldAt = Date.now(), WARN = 300000, TELL = 60000;

  function node(id) { return document.getElementById(id); }
  function now() { return at + (Date.now() - loaded) * speed; }
  function two(n) { return (n < 10 ? '0' : '') + n; }
  function shown(moment) { var time = new Date(moment + offset); return two(time.getUTCHours()) + ':' + two(time.getUTCMinutes()); }
  function clocks() {
    var i, seconds, since, all = document.querySelectorAll('[data-since]');
    for (i = 0; i < all.length; i++) {
      since = Number(all[i].getAttribute('data-since'));
      seconds = Math.max(0, Math.floor((now() - since) / 1000));
      all[i].textContent = two(Math.floor(seconds / 60)) + ':' + two(seconds % 60);
    }
    all = document.querySelectorAll('[data-until]');
    for (i = 0; i < all.length; i++) {
      seconds = Math.max(0, Math.ceil((Number(all[i].getAttribute('data-until')) - now()) / 1000));
      all[i].textContent = two(Math.floor(seconds / 60)) + ':' + two(seconds % 60);
    }
    all = document.querySelectorAll('[data-clock]');
    for (i = 0; i < all.length; i++) { all[i].textContent = shown(now()); }
  }

  // Without the server nothing can be asked for: keys turn off, and exactly those turn on again.
  function hold() {
    var i, all = document.querySelectorAll('[data-order]');
    for (i = 0; i < all.length; i++) {
      if (!all[i].disabled) { all[i].disabled = true; all[i].setAttribute('data-held', ''); }
    }
  }
  function release() {
    var i, all = document.querySelectorAll('[data-held]');
    for (i = 0; i < all.length; i++) { all[i].disabled = false; all[i].removeAttribute('data-held'); }
  }
  function link() {
    var on = !stale, mark = node('link');
    if (mark) { mark.className = on ? 'link on' : 'link gone'; }
  }
  function band(on) {
    if (on === stale) { return; }
    stale = on;
    var line = node('stale'), when = node('stale-at');
    if (when) { when.textContent = shown(at + (heard - loaded) * speed); }
    if (line) { line.className = on ? 'stale band on' : 'band'; }
    if (on) { hold(); } else { release(); }
    link();
  }
  function idles() {
    var main = node('main');
    return (main ? Number(main.getAttribute('data-idles')) : 0) * 1000;
  }
  function still() {
    var request = new XMLHttpRequest();
    toldAt = Date.now(); touched = false;
    request.open('GET', '/still');
    request.send();
  }
  function touch() {
    var line = node('idle');
    touched = true; touchedAt = Date.now();
    if (line && line.className !== 'band') { line.className = 'band'; still(); }
  }
  function leaves() {
    var line = node('idle'), when = node('idle-minutes'), left = idles() - (Date.now() - touchedAt);
    if (touched && idles() && Date.now() - toldAt >= TELL) { still(); }
    if (!line || !when || !idles()) { if (line) { line.className = 'band'; } return; }
    if (left < -TELL) { location.reload(); return; }
    when.textContent = Math.max(1, Math.ceil(left / 60000));
    line.className = left < WARN ? 'stale band on' : 'band';
  }
  ['mousedown', 'mousemove', 'keydown', 'touchstart', 'wheel'].forEach(function (what) { document.addEventListener(what, touch, true); });
  setInterval(leaves, 1000);
  function lost() { lostSince = lostSince || Date.now(); }
  function found() { lostSince = 0; heard = Date.now(); band(false); }

  function writing(region) {
    var field = document.activeElement, choice;
    if (!field || !region.contains(field)) { return false; }
    if (field.tagName === 'SELECT') { return true; }
    if (field.tagName !== 'INPUT' || field.getAttribute('name') !== 'note') { return false; }
    choice = field.form && field.form.querySelector('select');
    return field.value !== '' || (!!choice && choice.selectedIndex > 0);
  }

  // A finger that came down on a key presses it when it comes up. Until then the key stays; a finger
  // that leaves the window is never seen to come up, and is forgotten after a while.
  var under = null, downAt = 0;
  function down(event) { under = event.target; downAt = Date.now(); }
  function up() {
    if (!under) { return; }
    // The click comes after the finger.
    setTimeout(function () { under = null; if (body.getAttribute('data-live')) { look(); } }, 0);
  }
  function pressing(region) { return !!under && Date.now() - downAt < HELD_MAX && region.contains(under); }
  document.addEventListener('mousedown', down, true);
  document.addEventListener('mouseup', up, true);

  // What a link, a key or a field is: the one in a new region that is the same is where the focus goes on.
  var MARKS = ['href', 'name', 'value', 'data-order', 'data-no-of', 'data-ticket', 'data-missing', 'data-decline', 'aria-label'];
  function mark(place) {
    var said = place.textContent, i;
    for (i = 0; i < MARKS.length; i++) { said += '|' + place.getAttribute(MARKS[i]); }
    return said;
  }
  function same(region, place) {
    var i, all = region.querySelectorAll(place.tagName), wanted = mark(place);
    if (place.id) { return node(place.id); }
    for (i = 0; i < all.length; i++) { if (mark(all[i]) === wanted) { return all[i]; } }
    return null;
  }

  // Each region changes only when its version does, so that focus and half-made choices stay.
  function put(text) {
    var fresh = document.createElement('div'), i, region, old, focused;
    fresh.innerHTML = text;
    var head = fresh.querySelector('[data-at]');
    if (head) { if (node('main')) { node('main').setAttribute('data-idles', head.getAttribute('data-idles') || '0'); } at = Number(head.getAttribute('data-at')); speed = Number(head.getAttribute('data-speed')) || 1; loaded = Date.now(); }
    var regions = fresh.querySelectorAll('[data-region]');
    for (i = 0; i < regions.length; i++) {
      region = regions[i];
      old = node(region.id);
      // What somebody is just writing or pressing is not taken from under their fingers; the next look
      // sees to it.
      if (old && old.getAttribute('data-region') !== region.getAttribute('data-region') && !writing(old) && !pressing(old)) {
        focused = old.contains(document.activeElement) ? document.activeElement : null;
        old.parentNode.replaceChild(region, old);
        focused = focused && same(region, focused);
        if (focused) { focused.focus({ preventScroll: true }); }
      }
    }
    clocks();
  }

  function look() {
    if (busy) { wanted = true; return; }
    var wait = soon ? 0 : GAP - (Date.now() - fetched);
    if (wait > 0) {
      if (!waiting) { waiting = true; setTimeout(function () { waiting = false; look(); }, wait); }
      return;
    }
    busy = true; wanted = false; soon = false; fetched = Date.now();
    var request = new XMLHttpRequest();
    request.open('GET', location.pathname + location.search + (location.search ? '&' : '?') + 'fragment=1' + (touched ? '&used=1' : ''));
    if (touched) { touched = false; toldAt = Date.now(); }
    request.timeout = ANSWER_MAX;
    request.onload = function () {
      busy = false;
      if (request.status === 200) { found(); put(request.responseText); }
      else if (request.status === 401 || request.status === 403) { location.reload(); return; }
      else { lost(); }
      if (wanted) { look(); }
    };
    request.onerror = request.ontimeout = function () { busy = false; wanted = false; lost(); };
    request.send();
  }
  // What somebody's own key changed is shown without a rest.
  function now_look() { soon = true; look(); }
  window.paihao = { look: look, now: now_look };

  function listen() {
    if (!window.EventSource) { return; }
    var source = new EventSource('/api/v1/live');
    source.addEventListener('changed', look);
    source.addEventListener('devices', look);
    source.onopen = look;
    source.onerror = function () {
      look();
      if (source.readyState === 2) { setTimeout(listen, LISTEN_AGAIN); }
    };
  }

  setInterval(clocks, 500);
  if (body.getAttribute('data-live')) {
    setInterval(look, LOOK_AGAIN);
    setInterval(function () { if (lostSince) { look(); } }, LOOK_LOST);
    setInterval(function () {
      var time = Date.now();
      if ((lostSince && time - lostSince >= LOST_AFTER) || time - heard >= SILENT_AFTER) { band(true); }
    }, 500);
    link();
  }
  if (body.getAttribute('data-live') === 'stream') { listen(); }
  clocks();
})();
