/* Material's buttons that copy code: no landmarks, and each copies its own block. */
(d=>{
let n=0;
const mend=()=>{
for(const nav of d.querySelectorAll("nav.md-code__nav")){
const box=d.createElement("div"),pre=nav.closest("pre"),b=nav.querySelector("[data-clipboard-target]");
box.className=nav.className;
box.append(...nav.childNodes);
nav.replaceWith(box);
if(pre&&b&&d.querySelectorAll("#"+CSS.escape(pre.id)).length>1){
pre.id="code-"+ ++n;
b.dataset.clipboardTarget="#"+pre.id+" > code";
}
}
};
new MutationObserver(mend).observe(d,{childList:true,subtree:true});
})(document);
