(d=>{
const b=d.querySelector(".find input");
if(!b)return;
const t=d.querySelector(".tools"),
g=[...d.querySelectorAll("#wrong .group")].map(e=>({
e,
f:[...e.querySelectorAll("details:not(.bad)")].map(x=>[x,x.open]),
n:(e.querySelector("summary h3")||{}).textContent||"",
r:[...e.querySelectorAll(".comp")]
}));
for(const x of g)x.r=x.r.map(c=>[c,(x.n+" "+c.querySelector(".head a").textContent).toLowerCase()]);
t.hidden=b.parentNode.hidden=!1;
b.oninput=()=>{
const q=b.value.trim().toLowerCase().split(/\s+/);
let s=0;
for(const x of g){
let n=0;
for(const[c,w]of x.r)c.hidden=!q.every(p=>w.includes(p)),c.hidden||n++;
x.e.hidden=!n;
s+=n;
for(const[f,o]of x.f)f.open=q[0]?!!f.querySelector(".comp:not([hidden])"):o
}
t.querySelector(".none").hidden=!!s
}
})(document)
