#include "record/hdf5_driver.hpp"

#include <algorithm>
#include <memory>

// Callbacks are called from C: no exception may leave them. Addresses count from the start of the
// storage, the user block included.

namespace record::hdf5 {
namespace {

struct DriverFile {
  H5FD_t common;  ///< HDF5's own part, which comes first
  Link* link;
  haddr_t end_of_addresses;
};

DriverFile& driver_file(H5FD_t* file) { return *reinterpret_cast<DriverFile*>(file); }
const DriverFile& driver_file(const H5FD_t* file) {
  return *reinterpret_cast<const DriverFile*>(file);
}

/// Works on the storage unless something failed before. The first failure is kept.
template <class Work>
void try_to(Link& link, const Work& work) {
  if (link.failure) return;
  try {
    work(*link.storage);
  } catch (...) {
    link.failure = std::current_exception();
  }
}

H5FD_t* open(const char*, unsigned, hid_t access, haddr_t) {
  const auto* link = static_cast<Link* const*>(H5Pget_driver_info(access));
  if (link == nullptr) return nullptr;
  auto file = std::unique_ptr<DriverFile>(new (std::nothrow) DriverFile{{}, *link, 0});
  return file ? &file.release()->common : nullptr;
}

herr_t close(H5FD_t* file) {
  delete &driver_file(file);
  return 0;
}

herr_t query(const H5FD_t*, unsigned long* flags) {
  if (flags != nullptr)
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

haddr_t get_eoa(const H5FD_t* file, H5FD_mem_t) { return driver_file(file).end_of_addresses; }

herr_t set_eoa(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  driver_file(file).end_of_addresses = address;
  return 0;
}

haddr_t get_eof(const H5FD_t* file, H5FD_mem_t) {
  const Link& link = *driver_file(file).link;
  // After a failure, whatever HDF5 believes to have written is said to be there.
  return link.failure ? driver_file(file).end_of_addresses : link.storage->size();
}

herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* buffer) {
  Link& link = *driver_file(file).link;
  const std::span into(static_cast<std::byte*>(buffer), size);
  std::fill(into.begin(), into.end(), std::byte{0});
  try {
    const std::uint64_t there = link.storage->size();
    if (address < there)
      link.storage->read(address, into.first(std::min<std::uint64_t>(size, there - address)));
  } catch (...) {
    if (!link.failure) link.failure = std::current_exception();
    return -1;
  }
  return 0;
}

herr_t write(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size,
             const void* buffer) {
  try_to(*driver_file(file).link, [&](Storage& storage) {
    storage.write(address, {static_cast<const std::byte*>(buffer), size});
  });
  return 0;
}

herr_t truncate(H5FD_t* file, hid_t, hbool_t) {
  const haddr_t end = driver_file(file).end_of_addresses;
  try_to(*driver_file(file).link, [&](Storage& storage) {
    if (storage.size() != end) storage.resize(end);
  });
  return 0;
}

H5FD_class_t driver_class() {
  H5FD_class_t driver{};
  driver.name = "maillage storage";
  driver.maxaddr = HADDR_MAX;
  driver.fc_degree = H5F_CLOSE_STRONG;
  driver.fapl_size = sizeof(Link*);
  driver.open = open;
  driver.close = close;
  driver.query = query;
  driver.get_eoa = get_eoa;
  driver.set_eoa = set_eoa;
  driver.get_eof = get_eof;
  driver.read = read;
  driver.write = write;
  driver.truncate = truncate;
  std::fill(std::begin(driver.fl_map), std::end(driver.fl_map), H5FD_MEM_DEFAULT);
  return driver;
}

}  // namespace

herr_t use_storage(hid_t access, Link& link) {
  static const H5FD_class_t driver = driver_class();
  static const hid_t id = H5FDregister(&driver);
  Link* const pointer = &link;
  return id < 0 ? -1 : H5Pset_driver(access, id, &pointer);
}

}  // namespace record::hdf5
