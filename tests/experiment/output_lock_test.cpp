#include "experiment/output_lock.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace experiment {
namespace {

namespace fs = std::filesystem;

/// A process of its own that does some work, tells that it has done it, and waits to be killed.
class Process {
 public:
  explicit Process(const std::function<void()>& work) {
    int ready[2];
    if (::pipe(ready) != 0) throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
      char told = 'y';
      try {
        work();
      } catch (const std::exception&) {
        told = 'n';
      }
      if (::write(ready[1], &told, 1) != 1) std::_Exit(2);
      while (true) ::pause();
    }
    ::close(ready[1]);
    char told = 'n';
    succeeded_ = ::read(ready[0], &told, 1) == 1 && told == 'y';
    ::close(ready[0]);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() { kill(); }

  bool succeeded() const { return succeeded_; }
  pid_t pid() const { return pid_; }
  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

 private:
  pid_t pid_ = 0;
  bool succeeded_ = false;
};

class Lock : public testing::Test {
 protected:
  Lock() {
    std::string pattern = testing::TempDir() + "maillage-lock-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder");
    base_ = pattern;
  }
  ~Lock() override { fs::remove_all(base_); }

  fs::path folder() const { return base_ / "results.h5.parts"; }
  std::function<void()> locking(Replications replications) const {
    return [=, this] { new OutputLock(folder(), replications); };  // until it is killed
  }

 private:
  fs::path base_;
};

TEST_F(Lock, KeepsOtherProgramsAwayFromItsReplications) {
  Process first(locking({10, 20}));
  ASSERT_TRUE(first.succeeded());
  for (const Replications wanted : {Replications{10, 20}, Replications{0, 11}, Replications{19, 40},
                                    Replications{12, 13}, everything}) {
    EXPECT_THROW(OutputLock(folder(), wanted), OutputBusy) << wanted.first << " to " << wanted.last;
  }
}

TEST_F(Lock, LetsSharesWorkSideBySide) {
  Process first(locking({0, 10}));
  Process third(locking({20, 30}));
  ASSERT_TRUE(first.succeeded() && third.succeeded());
  EXPECT_NO_THROW(OutputLock(folder(), {10, 20}));
}

TEST_F(Lock, TellsWhoHasItAndWhich) {
  Process first(locking({10, 20}));
  ASSERT_TRUE(first.succeeded());
  try {
    OutputLock second(folder(), everything);
    FAIL() << "two programs have it";
  } catch (const OutputBusy& busy) {
    std::string host(256, '\0');
    ::gethostname(host.data(), host.size());
    EXPECT_EQ(busy.holder().host, std::string(host.c_str()).substr(0, 63));
    EXPECT_EQ(busy.holder().pid, std::to_string(first.pid()));
    EXPECT_EQ(busy.holder().since.size(), std::string("2026-01-31T12:00:00Z").size());
    EXPECT_EQ(busy.holder().replications, (Replications{10, 20}));
    EXPECT_EQ(busy.folder(), folder());
  }
}

TEST_F(Lock, OfAKilledProgramIsFree) {
  Process first(locking(everything));
  ASSERT_TRUE(first.succeeded());
  EXPECT_THROW(OutputLock(folder(), {5, 6}), OutputBusy);
  first.kill();
  EXPECT_NO_THROW(OutputLock(folder(), {5, 6}));
}

TEST_F(Lock, IsFreeAtTheEndOfItsScope) {
  { OutputLock first(folder(), everything); }
  Process second(locking(everything));
  EXPECT_TRUE(second.succeeded());
}

TEST_F(Lock, KeepsTwoUsesWithinOneProgramApartToo) {
  OutputLock first(folder(), {0, 10});
  EXPECT_THROW(OutputLock(folder(), {9, 12}), OutputBusy);
}

TEST_F(Lock, OnAFileThatHasBeenRemovedIsNoLock) {
  std::optional<OutputLock> first(std::in_place, folder(), everything);
  fs::remove_all(folder());  // as a program that has finished does
  OutputLock second(folder(), everything);
  first.reset();
  EXPECT_THROW(OutputLock(folder(), everything), OutputBusy) << "the second still has it";
}

TEST_F(Lock, IsListedWithAllWhoHaveOne) {
  EXPECT_TRUE(lock_holders(folder()).empty()) << "there is no folder";
  Process third(locking({20, 30}));
  Process first(locking({0, 10}));
  Process last(locking({90, 100}));
  const std::vector<LockHolder> holders = lock_holders(folder());
  ASSERT_EQ(holders.size(), 3U);
  EXPECT_EQ(holders[0].replications, (Replications{0, 10}));
  EXPECT_EQ(holders[1].replications, (Replications{20, 30}));
  EXPECT_EQ(holders[2].replications, (Replications{90, 100}));
  EXPECT_EQ(holders[1].pid, std::to_string(third.pid()));
  third.kill();
  EXPECT_EQ(lock_holders(folder()).size(), 2U);
}

TEST_F(Lock, NeedsAFolderThatCanBeMade) {
  EXPECT_THROW(OutputLock(folder() / "deeper", everything), std::system_error);
}

/// Lets the system answer `ENOLCK` to every attempt to lock, as a file system without locks does.
void forget_locks() {
  const sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fcntl, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[1])),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, F_OFD_SETLK, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOLCK),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter{std::size(program), const_cast<sock_filter*>(program)};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
    throw std::runtime_error("the system call cannot be replaced");
}

TEST_F(Lock, WhereTheFileSystemHasNoneIsRefusedWithTheFile) {
  Process without_locks([this] {
    forget_locks();
    try {
      OutputLock lock(folder(), everything);
    } catch (const NoFileLocks& none) {
      if (none.file() == folder() / lock_name) return;
    }
    throw std::runtime_error("it was not refused");
  });
  EXPECT_TRUE(without_locks.succeeded());
}

}  // namespace
}  // namespace experiment
