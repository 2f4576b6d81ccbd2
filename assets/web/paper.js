// A paper as a page: printed at once, and again by its button.
(function () {
  'use strict';
  document.getElementById('print').addEventListener('click', function () { window.print(); });
  window.addEventListener('load', function () { window.print(); });
})();
