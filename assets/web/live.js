// Keeps a page true: the server says that something changed, the page fetches the whole of it again.
// Plain script for old browsers; without it every page still shows what was true when it was opened.
(function () {
  'use strict';
  var STALE_AFTER = 10000, GAP = 700, LOOK_AGAIN = 10000;
  var body = document.body;
  var loaded = Date.now(), at = Number(body.getAttribute('data-at')), speed = Number(body.getAttribute('data-speed')) || 1;
  var offset = Number(body.getAttribute('data-offset')) * 60000;
  var heard = Date.now(), fetched = 0, wanted = false, busy = false;

  function now() { return at + (Date.now() - loaded) * speed; }
  function two(n) { return (n < 10 ? '0' : '') + n; }
  function clocks() {
    var i, seconds, since, all = document.querySelectorAll('[data-since]'), time = new Date(now() + offset);
    for (i = 0; i < all.length; i++) {
      since = Number(all[i].getAttribute('data-since'));
      seconds = Math.max(0, Math.floor((now() - since) / 1000));
      all[i].textContent = two(Math.floor(seconds / 60)) + ':' + two(seconds % 60);
    }
    all = document.querySelectorAll('[data-clock]');
    for (i = 0; i < all.length; i++) { all[i].textContent = two(time.getUTCHours()) + ':' + two(time.getUTCMinutes()); }
  }

  function band(on) {
    var node = document.getElementById('stale');
    if (node) { node.className = on ? 'stale band on' : 'band'; }
    var buttons = document.querySelectorAll('[data-order]'), i;
    for (i = 0; i < buttons.length; i++) {
      if (on) { buttons[i].setAttribute('disabled', ''); }
    }
  }

  // Each region changes only when its version does, so that focus and half-made choices stay.
  function put(text) {
    var fresh = document.createElement('div'), i, region, old;
    fresh.innerHTML = text;
    var head = fresh.querySelector('[data-at]');
    if (head) { at = Number(head.getAttribute('data-at')); speed = Number(head.getAttribute('data-speed')) || 1; loaded = Date.now(); }
    var regions = fresh.querySelectorAll('[data-region]');
    for (i = 0; i < regions.length; i++) {
      region = regions[i];
      old = document.getElementById(region.id);
      if (old && old.getAttribute('data-region') !== region.getAttribute('data-region')) {
        var focused = old.contains(document.activeElement) ? document.activeElement.id : '';
        old.parentNode.replaceChild(region, old);
        if (focused && document.getElementById(focused)) { document.getElementById(focused).focus(); }
      }
    }
    clocks();
    document.dispatchEvent(new CustomEvent('fresh'));
  }

  function look() {
    if (busy) { wanted = true; return; }
    var wait = GAP - (Date.now() - fetched);
    if (wait > 0) { if (!wanted) { wanted = true; setTimeout(function () { wanted = false; look(); }, wait); } return; }
    busy = true; fetched = Date.now();
    var request = new XMLHttpRequest();
    var address = location.pathname + location.search;
    request.open('GET', address + (location.search ? '&' : '?') + 'fragment=1');
    request.timeout = 8000;
    request.onload = function () {
      busy = false;
      if (request.status === 200) { heard = Date.now(); band(false); put(request.responseText); }
      else if (request.status === 401 || request.status === 403) { location.reload(); }
      if (wanted) { wanted = false; look(); }
    };
    request.onerror = request.ontimeout = function () { busy = false; };
    request.send();
  }
  window.paihao = { look: look };

  function listen() {
    if (!window.EventSource || body.getAttribute('data-live') !== 'stream') { return; }
    var source = new EventSource('/api/v1/live');
    function told() { heard = Date.now(); look(); }
    source.addEventListener('changed', told);
    source.addEventListener('devices', told);
    source.onopen = told;
    source.onerror = function () {
      if (source.readyState === 2) { setTimeout(listen, 3000); }
    };
  }

  setInterval(clocks, 500);
  setInterval(look, LOOK_AGAIN / 2);
  setInterval(function () { if (Date.now() - heard > STALE_AFTER) { band(true); } }, 1000);
  listen();
  clocks();
})();
