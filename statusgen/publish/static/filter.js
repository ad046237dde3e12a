(d=>{
const b=d.querySelector(".find input");
if(!b)return;
const t=d.querySelector(".tools"),
w=s=>" "+s.toLowerCase().replace(/[^\p{L}\p{N}]+/gu," "),
g=[...d.querySelectorAll("#wrong .group")].map(e=>({
e,
f:[...e.querySelectorAll("details:not(.bad)")].map(x=>[x,x.open]),
n:(e.querySelector("summary h3")||{}).textContent||"",
r:[...e.querySelectorAll(".comp")]
}));
for(const x of g)x.r=x.r.map(c=>[c,w(x.n+" "+c.querySelector(".head a").textContent)]);
t.hidden=b.parentNode.hidden=!1;
b.oninput=()=>{
const q=w(b.value).trim().split(" ");
let s=0;
for(const x of g){
let n=0;
for(const[c,h]of x.r)c.hidden=!q.every(p=>h.includes(" "+p)),c.hidden||n++;
x.e.hidden=!n;
s+=n;
for(const[f,o]of x.f)f.open=q[0]?!!f.querySelector(".comp:not([hidden])"):o
}
t.querySelector(".none").hidden=!!s
}
})(document)
