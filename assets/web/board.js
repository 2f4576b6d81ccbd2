// The board's alerts: answered in place; the digits 1 to 9 go to the alert, or the proposal, that shows them.
(function () {
  'use strict';
  function say(text, yes) {
    var said = document.getElementById('said');
    if (!said) { return; }
    said.className = text ? (yes ? 'said yes' : 'said no') : 'said idle';
    document.getElementById('said-text').textContent = text;
  }
  function name() { return Date.now().toString(16) + Math.floor(Math.random() * 4294967296).toString(16); }
  document.addEventListener('submit', function (event) {
    var form = event.target, pairs = [], i, fields = form.querySelectorAll('input,select'), request = new XMLHttpRequest();
    var said = form.getAttribute('data-said');
    if (form.getAttribute('data-alert') === null && said === null) { return; }
    event.preventDefault();
    for (i = 0; i < fields.length; i++) {
      if (fields[i].type === 'checkbox' && !fields[i].checked) { continue; }
      pairs.push(encodeURIComponent(fields[i].name) + '=' + encodeURIComponent(fields[i].value));
    }
    pairs.push('again=' + name());
    request.open('POST', form.getAttribute('action'));
    request.setRequestHeader('content-type', 'application/x-www-form-urlencoded');
    request.timeout = 5000;
    request.onload = function () {
      say(request.status < 400 ? (said || '') : request.responseText, request.status < 400);
      if (request.status < 400 && said) { form.reset(); }
      if (request.status < 400 && form.contains(document.activeElement)) { document.activeElement.blur(); }
      window.paihao.look();
    };
    request.onerror = request.ontimeout = function () { say(document.getElementById('said').getAttribute('data-lost')); };
    request.send(pairs.join('&'));
  });
  document.addEventListener('keydown', function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || !/^[1-9]$/.test(event.key)) { return; }
    if (/^(INPUT|SELECT)$/.test(event.target.tagName)) { return; }
    var i, note, keys = document.querySelectorAll('[data-alert] kbd, [data-act] kbd');
    for (i = 0; i < keys.length; i++) {
      if (keys[i].textContent !== event.key) { continue; }
      event.preventDefault();
      note = keys[i].parentNode.form.querySelector('input[name=note], input[name=reason]');
      if (note) { note.focus(); } else { keys[i].parentNode.click(); }
      return;
    }
  });
})();
