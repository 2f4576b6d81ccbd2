// The desk's keys: one press is one asking with one name; a lost answer is asked for again under it.
(function () {
  'use strict';
  var TRIES = 4, AGAIN_AFTER = 700, SECOND_PRESS = 6000;
  var armed = 0, busy = false;

  function node(id) { return document.getElementById(id); }
  function name() {
    var text = '', i;
    for (i = 0; i < 4; i++) { text += Math.floor(Math.random() * 4294967296).toString(16); }
    return 'desk-' + Date.now().toString(16) + '-' + text;
  }
  function say(text, kind) {
    var said = node('said');
    said.className = 'said ' + (kind || '');
    said.textContent = text;
  }
  function chosen() {
    var body = {}, item = node('item'), kind = document.querySelector('input[name=case]:checked');
    if (item && item.value) { body.item = item.value; }
    if (kind && kind.value) { body['case'] = kind.value; }
    return body;
  }

  function post(path, body, done) {
    if (busy) { return; }
    busy = true;
    body.request_id = name();
    var left = TRIES;
    (function attempt() {
      var request = new XMLHttpRequest();
      request.open('POST', path);
      request.setRequestHeader('content-type', 'application/json');
      request.timeout = 5000;
      request.onload = function () {
        busy = false;
        var answer = {};
        try { answer = JSON.parse(request.responseText); } catch (error) { answer = {}; }
        if (request.status < 300) { done(answer); }
        else { say((answer.title || request.status) + (answer.detail ? ' ' + answer.detail : ''), 'no'); }
        window.paihao.look();
      };
      request.onerror = request.ontimeout = function () {
        left -= 1;
        if (left > 0) { say(node('said').getAttribute('data-trying'), 'no'); setTimeout(attempt, AGAIN_AFTER); }
        else { busy = false; say(node('said').getAttribute('data-lost'), 'no'); }
      };
      request.send(JSON.stringify(body));
    })();
  }

  function order(button) {
    var what = button.getAttribute('data-order'), window_ = node('desk').getAttribute('data-window');
    var body = {};
    if (what === 'pause' && !button.getAttribute('data-reason')) { ask(node('pauses')); return; }
    if (button.getAttribute('data-reason')) { body.reason = button.getAttribute('data-reason'); }
    if (what === 'finish') { body = chosen(); }
    if (what === 'call-next' && button.getAttribute('data-first')) {
      if (Date.now() - armed > SECOND_PRESS) {
        armed = Date.now();
        say(button.getAttribute('data-first'), '');
        return;
      }
      body.finish_current = true;
    }
    armed = 0;
    var path = '/api/v1/windows/' + encodeURIComponent(window_) + '/' + what;
    if (what === 'call') {
      body.no = node('number').value.trim().toUpperCase();
      if (!body.no) { node('number').focus(); return; }
    }
    if (what === 'reactivate') { path = '/api/v1/tickets/' + button.getAttribute('data-ticket') + '/reactivate'; }
    post(path, body, function (answer) {
      ask(null);
      if (answer.why) { say(answer.ticket.no + '　' + answer.why, 'yes'); if (node('number')) { node('number').value = ''; } }
      else { say(button.getAttribute('data-done') || '', 'yes'); }
    });
  }

  function ask(panel) {
    var pauses = node('pauses');
    if (pauses) { pauses.hidden = panel !== pauses; }
    if (panel) { panel.querySelector('button').focus(); }
  }

  document.addEventListener('click', function (event) {
    var button = event.target;
    while (button && button.getAttribute && !button.getAttribute('data-order')) { button = button.parentNode; }
    if (button && button.getAttribute && !button.disabled) { order(button); }
  });
  document.addEventListener('keydown', function (event) {
    var pauses = node('pauses');
    if (event.key === 'Escape') { ask(null); armed = 0; return; }
    if (pauses && !pauses.hidden && /^[1-9]$/.test(event.key)) {
      var reason = pauses.querySelectorAll('[data-reason]')[Number(event.key) - 1];
      if (reason) { event.preventDefault(); order(reason); }
      return;
    }
    if (event.key === 'Enter' && event.target === node('number')) { order(node('call')); return; }
    var button = document.querySelector('[data-key="' + event.key + '"]');
    if (!button) { return; }
    event.preventDefault();
    if (!button.disabled && !event.repeat) { order(button); }
  });
})();
