"""A Slurm of one node, started for a test in a folder of its own and gone with it.

    with OneNodeSlurm() as slurm:
        job = slurm.sbatch("--array=1-4", "job.sbatch")
        slurm.wait(job, seconds=60)

It needs no system service, no configuration of the machine and no control groups. Packages:
slurm-wlm, munge.
"""

import ctypes
import getpass
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PR_SET_PDEATHSIG = 1
DAEMONS = "munged", "slurmctld", "slurmd"
ADMINISTRATION = "/usr/sbin:/sbin"  # where Debian keeps daemons, which is not on a user's PATH

CONFIGURATION = """
ClusterName=one_node
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
CryptoType=crypto/munge
# A job that is requeued starts again after cred_expire seconds: two minutes if nothing is said.
AuthInfo=socket={folder}/munge.socket,cred_expire=5
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
# No control groups, no pinning, no accounts.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
# Jobs share the node by its CPUs, and are looked at every second rather than every minute.
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0,defer=0
KillWait=20
MessageTimeout=30
SlurmctldTimeout=300
SlurmdTimeout=300
MinJobAge=3600
ReturnToService=2
SlurmdParameters=config_overrides
NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory={megabytes} State=UNKNOWN
PartitionName=all Nodes={node} Default=YES MaxTime=60 State=UP
"""


class CannotStart(Exception):
    """Slurm is not installed or does not start here: the message says which part and why."""


def free_ports(count):
    """Ports of 127.0.0.1 on which nobody listens."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def end_with_this_program():
    """Run in a daemon before it starts: a test that is killed leaves no daemon behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class OneNodeSlurm:
    """The daemons, their folder, and the commands that talk to them."""

    def __init__(self, cpus=2):
        self.cpus = cpus
        self.daemons = []
        self.path = os.environ.get("PATH", "/usr/bin:/bin") + ":" + ADMINISTRATION

    def __enter__(self):
        missing = [name for name in DAEMONS if not shutil.which(name, path=self.path)]
        if missing:
            raise CannotStart(f"{', '.join(missing)} not found: install slurm-wlm and munge")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="maillage-slurm-", dir="/tmp"))
        self.environment = {**os.environ, "PATH": self.path,
                            "SLURM_CONF": str(self.folder / "slurm.conf")}
        try:
            self.configure()
            self.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def configure(self):
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        for name in "state", "spool":
            (self.folder / name).mkdir()
        controller_port, node_port = free_ports(2)
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(
            host=socket.gethostname().split(".")[0], node="node", user=getpass.getuser(),
            folder=self.folder, cpus=self.cpus, controller_port=controller_port,
            node_port=node_port,
            megabytes=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20))

        # Nothing uses control groups, yet slurmd looks for them unless it is told which ones.
        (self.folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")

    def start(self):
        at = self.folder
        self.daemon("munged", "--foreground", "--force", f"--socket={at}/munge.socket",
                    f"--key-file={at}/munge.key", f"--pid-file={at}/munge.pid",
                    f"--log-file={at}/munged.log", f"--seed-file={at}/munge.seed")
        self.wait_until(lambda: (at / "munge.socket").exists(), "munged", seconds=30)
        self.daemon("slurmctld", "-D", "-c")
        self.wait_until(lambda: self.command("scontrol", "ping").returncode == 0, "slurmctld",
                        seconds=60)
        self.daemon("slurmd", "-D", "-c")
        self.wait_until(lambda: self.command("sinfo", "-h", "-o", "%T").stdout.strip() == "idle",
                        "slurmd", seconds=60)

    def daemon(self, *words):
        with open(self.folder / f"{words[0]}.out", "wb") as out:
            self.daemons.append(subprocess.Popen(
                [shutil.which(words[0], path=self.path), *words[1:]], cwd=self.folder,
                env=self.environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                start_new_session=True, preexec_fn=end_with_this_program))

    def wait_until(self, ready, name, seconds):
        end = time.monotonic() + seconds
        while not ready():
            if self.daemons[-1].poll() is not None:
                raise CannotStart(f"{name} ended: {self.last_words(name)}")
            if time.monotonic() > end:
                raise CannotStart(f"{name} did not answer in {seconds} s: {self.last_words(name)}")
            time.sleep(0.05)

    def last_words(self, name):
        """The end of what a daemon has said."""
        said = ""
        for ending in "out", "log":
            path = self.folder / f"{name}.{ending}"
            if path.exists():
                said += path.read_text(errors="replace")[-1500:]
        return said.strip()

    def command(self, *words, **more):
        """Runs a command of Slurm and gives what `subprocess.run` gives."""
        return subprocess.run(words, env=self.environment, text=True, capture_output=True,
                              timeout=60, **more)

    def must(self, *words, **more):
        """The standard output of a command that has to succeed."""
        done = self.command(*words, **more)
        if done.returncode != 0:
            raise AssertionError(f"{' '.join(words)}: exit {done.returncode}\n"
                                 f"{done.stdout}{done.stderr}")
        return done.stdout

    def sbatch(self, *words, cwd):
        """Submits a script and gives the number of the job."""
        return self.must("sbatch", "--parsable", *words, cwd=cwd).strip()

    def elements(self, job):
        """Every element of an array that has been started or ended, as Slurm describes it:
        {index: {"JobState": "COMPLETED", "ExitCode": "0:0", "Restarts": "0", ...}}."""
        described = {}
        for line in self.must("scontrol", "show", "job", job, "-o").splitlines():
            fields = dict(re.findall(r"(\S+?)=(\S*)", line))
            index = fields.get("ArrayTaskId", "0")
            if index.isdigit():
                described[int(index)] = fields
        return described

    def running(self, job):
        """The indices of the elements that run now."""
        shown = self.must("squeue", "-h", "-j", job, "-t", "RUNNING", "-o", "%K").split()
        return [int(index) for index in shown if index.isdigit()]

    def is_there(self, job):
        """Whether anything of a job is pending or running."""
        return bool(self.must("squeue", "-h", "-j", job, "-o", "%i").strip())

    def wait(self, job, seconds):
        """Waits until nothing of a job is pending or running."""
        end = time.monotonic() + seconds
        while self.is_there(job):
            if time.monotonic() > end:
                raise AssertionError(f"job {job} did not end in {seconds} s:\n"
                                     + self.must("squeue", "-o", "%i %T %r"))
            time.sleep(0.2)

    def __exit__(self, *_):
        if len(self.daemons) == len(DAEMONS):
            self.command("scancel", "--user", getpass.getuser(), "--full", "--signal=KILL")
            self.command("scancel", "--user", getpass.getuser())
        for daemon in reversed(self.daemons):
            daemon.terminate()
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self.kill_what_is_left()
        shutil.rmtree(self.folder, ignore_errors=True)

    def kill_what_is_left(self):
        """Ends the processes that bear this folder in their environment: jobs and their keepers."""
        mark = f"SLURM_CONF={self.folder}/slurm.conf".encode()
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if mark in (process / "environ").read_bytes().split(b"\0"):
                    os.kill(int(process.name), signal.SIGKILL)
            except OSError:
                continue  # it has just ended, or is not ours
