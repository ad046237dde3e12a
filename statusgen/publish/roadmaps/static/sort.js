(d=>{
// Safari takes what CSS lays out in another way for no table any more.
for(const[tags,role]of[["table","table"],["thead,tbody,tfoot","rowgroup"],["tr","row"],["thead th","columnheader"],["tbody th,tfoot th","rowheader"],["td","cell"]])
for(const e of d.querySelectorAll(tags.replace(/[^,]+/g,tags=="table"?".rm-stack":".rm-stack $&")))e.setAttribute("role",role);
const v=c=>c.dataset.key||(c.querySelector("div")||c).firstChild?.textContent.trim()||c.textContent.trim(),
n=t=>{const m=t.replace(/[,\s]/g,"").replace(/−/g,"-").match(/^[^\d-]*(-?)[^\d.]*(\d+(\.\d+)?)/);return m?(m[1]?-1:1)*m[2]:null},
c=new Intl.Collator("en",{numeric:true});
for(const h of d.querySelectorAll(".rm-sort thead th")){
const b=d.createElement("button");
b.type="button";b.append(...h.childNodes);h.append(b);
b.onclick=()=>{
const up=h.ariaSort!="ascending",i=h.cellIndex,t=h.closest("table").tBodies[0];
for(const o of h.parentNode.cells)o.ariaSort=null;
h.ariaSort=up?"ascending":"descending";
t.append(...[...t.rows].sort((x,y)=>{
const a=v(x.cells[i]),e=v(y.cells[i]),p=n(a),q=n(e),m=h.matches(".rm-n");
if(m&&(p==null||q==null))return(p==null)-(q==null);
return(up?1:-1)*(m&&p-q||c.compare(a,e))}))}}
})(document)
