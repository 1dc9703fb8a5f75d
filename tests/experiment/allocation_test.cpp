#include "experiment/allocation.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <string>

namespace experiment {
namespace {

namespace fs = std::filesystem;

TEST(CpuQuota, IsAQuotaOfTimeByItsPeriod) {
  EXPECT_EQ(cpus_of_cpu_max("200000 100000\n"), 2.0);
  EXPECT_EQ(cpus_of_cpu_max("150000 100000"), 1.5);
  EXPECT_EQ(cpus_of_cpu_max("5000 10000\n"), 0.5);
  EXPECT_EQ(cpus_of_cfs("400000\n", "100000\n"), 4.0);
}

TEST(CpuQuota, MayBeUnlimited) {
  EXPECT_EQ(cpus_of_cpu_max("max 100000\n"), std::nullopt);
  EXPECT_EQ(cpus_of_cfs("-1\n", "100000\n"), std::nullopt);
}

TEST(CpuQuota, IsNothingWhereTheFileSaysNothingKnown) {
  for (const char* text : {"", "max", "100000", "x y", "100000 0", "0 100000", "-1 100000"})
    EXPECT_EQ(cpus_of_cpu_max(text), std::nullopt) << text;
  EXPECT_EQ(cpus_of_cfs("", ""), std::nullopt);
  EXPECT_EQ(cpus_of_cfs("100000", ""), std::nullopt);
  EXPECT_EQ(cpus_of_cfs("100000", "0"), std::nullopt);
}

/// A folder that holds the files of a machine.
class Machine : public testing::Test {
 protected:
  Machine()
      : root_(fs::path(testing::TempDir()) /
              (std::string("maillage_machine_") +
               testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  ~Machine() override { fs::remove_all(root_); }

  void file(const std::string& name, const std::string& text) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }
  const fs::path& root() const { return root_; }

  static const char* nothing(const char*) { return nullptr; }
  Allocation allocation(int cores, const Variable& variable = nothing, int asked = 0) const {
    return allocated_threads(asked, variable, root_, cores);
  }

 private:
  fs::path root_;
};

TEST_F(Machine, WithoutControlGroupsHasItsCores) {
  EXPECT_EQ(cpu_quota(root()), std::nullopt);
  EXPECT_EQ(allocation(6), (Allocation{6, AllocatedBy::cores}));
}

TEST_F(Machine, OfVersion2ObeysTheLeastQuotaOnTheWayToItsGroup) {
  file("proc/self/cgroup", "0::/slurm/job_7/step_batch\n");
  file("proc/self/mountinfo",
       "22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n"
       "30 22 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n");
  file("sys/fs/cgroup/slurm/cpu.max", "max 100000\n");
  file("sys/fs/cgroup/slurm/job_7/cpu.max", "250000 100000\n");
  file("sys/fs/cgroup/slurm/job_7/step_batch/cpu.max", "800000 100000\n");
  EXPECT_EQ(cpu_quota(root()), 2.5);
  EXPECT_EQ(allocation(16), (Allocation{3, AllocatedBy::cgroup}));
  EXPECT_EQ(allocation(2), (Allocation{2, AllocatedBy::cores})) << "a quota gives no cores";
}

TEST_F(Machine, InAContainerOfVersion2SeesItsQuotaAtTheTop) {
  file("proc/self/cgroup", "0::/\n");
  file("proc/self/mountinfo", "30 22 0:26 / /sys/fs/cgroup ro - cgroup2 cgroup rw\n");
  file("sys/fs/cgroup/cpu.max", "50000 100000\n");
  EXPECT_EQ(allocation(8), (Allocation{1, AllocatedBy::cgroup}));
}

TEST_F(Machine, OfVersion1FindsTheControllerOfCpuTimeAmongTheOthers) {
  file("proc/self/cgroup",
       "12:pids:/batch\n5:cpuset:/elsewhere\n4:cpu,cpuacct:/batch\n0::/init.scope\n");
  file("proc/self/mountinfo",
       "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n"
       "33 31 0:30 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"
       "34 31 0:31 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct\n");
  file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
  file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(cpu_quota(root()), std::nullopt);
  file("sys/fs/cgroup/cpu,cpuacct/batch/cpu.cfs_quota_us", "300000\n");
  file("sys/fs/cgroup/cpu,cpuacct/batch/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(allocation(8), (Allocation{3, AllocatedBy::cgroup}));
}

TEST_F(Machine, InAContainerOfVersion1SeesOnlyItsOwnGroupMounted) {
  file("proc/self/cgroup", "4:cpu,cpuacct:/docker/8f2c\n");
  file("proc/self/mountinfo",
       "34 31 0:31 /docker/8f2c /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu,cpuacct\n");
  file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "200000\n");
  file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(allocation(8), (Allocation{2, AllocatedBy::cgroup}));

  file("proc/self/cgroup", "4:cpu,cpuacct:/of/another/name\n");
  EXPECT_EQ(allocation(8), (Allocation{2, AllocatedBy::cgroup}));
}

TEST_F(Machine, WhoseFilesMakeNoSenseHasItsCores) {
  file("proc/self/cgroup", "no colons\n:\n::\n0:\n");
  file("proc/self/mountinfo", "\n - \n1 2 3 4 5 6 - cgroup2\n");
  EXPECT_EQ(allocation(4), (Allocation{4, AllocatedBy::cores}));
}

TEST_F(Machine, OfAClusterHasWhatSlurmGives) {
  file("proc/self/cgroup", "0::/\n");
  file("proc/self/mountinfo", "30 22 0:26 / /sys/fs/cgroup ro - cgroup2 cgroup rw\n");
  file("sys/fs/cgroup/cpu.max", "50000 100000\n");
  const auto per_task = [](const char* name) -> const char* {
    return std::strcmp(name, "SLURM_CPUS_PER_TASK") == 0 ? "12" : "48";
  };
  EXPECT_EQ(allocation(64, per_task), (Allocation{12, AllocatedBy::slurm}));
  EXPECT_EQ(allocation(64, per_task, 5), (Allocation{5, AllocatedBy::user}));
  const auto on_node = [](const char* name) -> const char* {
    return std::strcmp(name, "SLURM_CPUS_ON_NODE") == 0 ? "2" : nullptr;
  };
  EXPECT_EQ(allocation(64, on_node), (Allocation{2, AllocatedBy::slurm}));
  const auto nonsense = [](const char*) { return "many"; };
  EXPECT_EQ(allocation(64, nonsense), (Allocation{1, AllocatedBy::cgroup}));
}

TEST(ThisMachine, LetsAProgramUseAtLeastOneThread) {
  EXPECT_GE(allocated_threads(0).threads, 1);
  EXPECT_EQ(allocated_threads(3), (Allocation{3, AllocatedBy::user}));
}

}  // namespace
}  // namespace experiment
