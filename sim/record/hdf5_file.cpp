#include "record/hdf5_file.hpp"

#include <hdf5.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <new>
#include <type_traits>
#include <utility>

#include "record/hdf5_driver.hpp"

namespace record::hdf5 {
namespace {

static_assert(std::is_same_v<hid_t, std::int64_t> && std::is_same_v<herr_t, int> &&
              std::is_same_v<hobj_ref_t, std::uint64_t>);

constexpr unsigned gzip_level = 4;

/// Why HDF5 failed: the innermost entry of its error stack, the cause of the others.
struct Cause {
  std::string text;
  bool is_memory = false;
};

herr_t keep_cause(unsigned depth, const H5E_error2_t* entry, void* kept) {
  Cause& cause = *static_cast<Cause*>(kept);
  if (depth == 0 && entry->desc != nullptr) cause.text = entry->desc;
  // A decompressor that cannot begin has no memory: damage is found by the ones that can.
  cause.is_memory =
      cause.is_memory || entry->min_num == H5E_CANTALLOC ||
      (entry->maj_num == H5E_RESOURCE && entry->min_num == H5E_NOSPACE) ||
      (entry->desc != nullptr && std::string_view(entry->desc) == "inflateInit() failed");
  return 0;
}

/// Throws what HDF5 met; without memory, a file is not to be taken for damaged.
[[noreturn]] void fail(const std::string& what) {
  Cause cause;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_cause, &cause);
  if (cause.is_memory) throw std::bad_alloc();
  throw Error(cause.text.empty() ? what : what + ": " + cause.text);
}

void check(herr_t status, const std::string& what) {
  if (status < 0) fail(what);
}

Handle own(hid_t id, Handle::Close close, const std::string& what) {
  if (id < 0) fail(what);
  return {id, close};
}

/// Waits for this thread's turn to use HDF5, and stops HDF5 from printing its errors: they are in
/// the exceptions.
std::unique_lock<std::recursive_mutex> take_turn() {
  static std::recursive_mutex library;
  std::unique_lock turn(library);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  return turn;
}

/// How a type of ours is laid out in the file, and in memory.
template <class Number>
struct Types;
template <>
struct Types<double> {
  static hid_t file() { return H5T_IEEE_F64LE; }
  static hid_t memory() { return H5T_NATIVE_DOUBLE; }
};
template <>
struct Types<float> {
  static hid_t file() { return H5T_IEEE_F32LE; }
  static hid_t memory() { return H5T_NATIVE_FLOAT; }
};
template <>
struct Types<std::int32_t> {
  static hid_t file() { return H5T_STD_I32LE; }
  static hid_t memory() { return H5T_NATIVE_INT32; }
};
template <>
struct Types<std::int64_t> {
  static hid_t file() { return H5T_STD_I64LE; }
  static hid_t memory() { return H5T_NATIVE_INT64; }
};
template <>
struct Types<std::uint64_t> {
  static hid_t file() { return H5T_STD_U64LE; }
  static hid_t memory() { return H5T_NATIVE_UINT64; }
};
template <>
struct Types<std::int16_t> {
  static hid_t file() { return H5T_STD_I16LE; }
  static hid_t memory() { return H5T_NATIVE_INT16; }
};

/// How texts are converted: through a small buffer, since HDF5 clears all of it for each variable,
/// and its own has a mebibyte.
Handle small_buffer() {
  const char* what = "cannot set the size of a buffer";
  Handle transfer = own(H5Pcreate(H5P_DATASET_XFER), H5Pclose, what);
  check(H5Pset_buffer(transfer.id(), std::size_t{16} << 10, nullptr, nullptr), what);
  return transfer;
}

/// UTF-8 of any length: readers of netCDF crash on UTF-8 of a fixed length.
Handle text_type() {
  Handle type = own(H5Tcopy(H5T_C_S1), H5Tclose, "cannot make a text type");
  check(H5Tset_size(type.id(), H5T_VARIABLE), "cannot make a text type");
  check(H5Tset_cset(type.id(), H5T_CSET_UTF8), "cannot make a text type");
  return type;
}

Handle space_of(std::span<const hsize_t> shape) {
  return own(shape.empty()
                 ? H5Screate(H5S_SCALAR)
                 : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
             H5Sclose, "cannot make a data space");
}

/// HDF5 texts end at their first null character, so one inside would cut them.
std::vector<const char*> c_texts(std::span<const std::string> texts) {
  std::vector<const char*> pointers;
  for (const std::string& text : texts) {
    if (text.find('\0') != std::string::npos)
      throw std::invalid_argument("a text with a null character cannot be written to HDF5");
    pointers.push_back(text.c_str());
  }
  return pointers;
}

void write_attribute(const Handle& object, const std::string& name, hid_t file_type,
                     hid_t memory_type, std::span<const hsize_t> shape, const void* data) {
  const std::string what = "cannot write attribute " + name;
  const Handle space = space_of(shape);
  Handle attribute =
      own(H5Acreate2(object.id(), name.c_str(), file_type, space.id(), H5P_DEFAULT, H5P_DEFAULT),
          H5Aclose, what);
  check(H5Awrite(attribute.id(), memory_type, data), what);
  attribute.close();
}

void write_attribute(const Handle& object, const Attribute& attribute) {
  std::visit(
      [&](const auto& value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::string>) {
          const Handle type = text_type();
          const std::vector<const char*> text = c_texts({&value, 1});
          write_attribute(object, attribute.name, type.id(), type.id(), {}, text.data());
        } else if constexpr (std::is_same_v<Value, std::vector<std::int16_t>>) {
          const std::array<hsize_t, 1> shape{value.size()};
          write_attribute(object, attribute.name, Types<std::int16_t>::file(),
                          Types<std::int16_t>::memory(), shape, value.data());
        } else {
          write_attribute(object, attribute.name, Types<Value>::file(), Types<Value>::memory(), {},
                          &value);
        }
      },
      attribute.value);
}

/// Writes a text of fixed length in ASCII, as the dimension scale specification asks for.
void write_ascii_attribute(const Handle& object, const std::string& name, const std::string& text) {
  const Handle type = own(H5Tcopy(H5T_C_S1), H5Tclose, "cannot make a text type");
  check(H5Tset_size(type.id(), text.size() + 1), "cannot make a text type");
  write_attribute(object, name, type.id(), type.id(), {}, text.c_str());
}

/// Links and attributes are listed in the order of their creation, as netCDF-4 requires, and
/// attributes stay in the object's header however many there are.
void track_order(const Handle& properties, bool is_group) {
  const unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
  const char* what = "cannot track the order of creation";
  if (is_group) check(H5Pset_link_creation_order(properties.id(), order), what);
  check(H5Pset_attr_creation_order(properties.id(), order), what);
  check(H5Pset_attr_phase_change(properties.id(), 64, 32), what);
  check(H5Pset_obj_track_times(properties.id(), false), "cannot leave dates out");
}

/// HDF5 asks for a name, and our driver for none.
constexpr const char* no_name = "storage";

Handle access_to(Link& link) {
  const char* what = "cannot use a storage of ours";
  Handle access = own(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, what);
  check(use_storage(access.id(), link), what);
  check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_EARLIEST, H5F_LIBVER_V18), what);
  // Variables are filled by whole chunks: to keep them would only cost memory.
  check(H5Pset_cache(access.id(), 0, 0, 0, 1), what);
  return access;
}

constexpr unsigned chunks_in_half_a_node = 8;

Handle create_file(Link& link, std::size_t user_block) {
  const char* what = "cannot create a file";
  const Handle creation = own(H5Pcreate(H5P_FILE_CREATE), H5Pclose, what);
  track_order(creation, true);
  check(H5Pset_userblock(creation.id(), user_block), what);
  // Most variables have one chunk or a few: the nodes of their index need not have room for many.
  check(H5Pset_istore_k(creation.id(), chunks_in_half_a_node), what);
  return own(H5Fcreate(no_name, H5F_ACC_TRUNC, creation.id(), access_to(link).id()), H5Fclose,
             what);
}

Handle open_file(Link& link) {
  return own(H5Fopen(no_name, H5F_ACC_RDONLY, access_to(link).id()), H5Fclose,
             "cannot open a file");
}

/// Rethrows what the storage threw, if it did.
void rethrow(Link& link) {
  if (link.failure) std::rethrow_exception(link.failure);
}

/// Works on the file of a link: a failure of its storage comes out as it is, and not as what HDF5
/// makes of it.
template <class Work>
auto through(Link& link, const Work& work) {
  try {
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      rethrow(link);
    } else {
      auto result = work();
      rethrow(link);
      return result;
    }
  } catch (const Error&) {
    rethrow(link);
    throw;
  }
}

Handle open_object(const Handle& file, const std::string& path) {
  return own(H5Oopen(file.id(), path.c_str(), H5P_DEFAULT), H5Oclose, "cannot open " + path);
}

Handle open_dataset(const Handle& file, const std::string& path) {
  return own(H5Dopen2(file.id(), path.c_str(), H5P_DEFAULT), H5Dclose, "cannot open " + path);
}

std::uint64_t address_of(const Handle& dataset) {
  hobj_ref_t address = 0;
  check(H5Rcreate(&address, dataset.id(), ".", H5R_OBJECT, -1), "cannot refer to a variable");
  return address;
}

/// Writes all values of a variable, unless it has none: HDF5 takes no null pointer then.
void write(const Handle& dataset, hid_t memory_type, const void* values, const std::string& path) {
  if (values == nullptr) return;
  check(H5Dwrite(dataset.id(), memory_type, H5S_ALL, H5S_ALL, small_buffer().id(), values),
        "cannot write " + path);
}

void add_each(const Handle& object, const Attributes& attributes) {
  for (const Attribute& attribute : attributes) write_attribute(object, attribute);
}

std::size_t cells_of(const Shape& shape) {
  std::size_t count = 1;
  for (const std::uint64_t length : shape) count *= length;
  return count;
}

std::vector<hsize_t> extents(const Shape& shape) { return {shape.begin(), shape.end()}; }

/// The part of a variable that begins at `start` and has the shape `extent`.
Handle select(const Handle& dataset, const Shape& start, const Shape& extent,
              const std::string& what) {
  Handle space = own(H5Dget_space(dataset.id()), H5Sclose, what);
  if (H5Sget_simple_extent_ndims(space.id()) != static_cast<int>(start.size()))
    throw Error(what + ": it has another number of dimensions");
  check(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, extents(start).data(), nullptr,
                            extents(extent).data(), nullptr),
        what);
  return space;
}

std::string base_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

Handle::Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}

Handle& Handle::operator=(Handle&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(close_, other.close_);
  return *this;
}

Handle::~Handle() {
  if (id_ >= 0) close_(id_);
}

void Handle::close() {
  if (close_(std::exchange(id_, -1)) < 0) fail("cannot close an object");
}

void MemoryStorage::read(std::uint64_t offset, std::span<std::byte> into) {
  std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), into.size(), into.begin());
}

void MemoryStorage::write(std::uint64_t offset, std::span<const std::byte> bytes) {
  if (offset + bytes.size() > bytes_.size()) bytes_.resize(offset + bytes.size());
  std::copy(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(offset));
}

template <class Work>
auto Writer::with_storage(const Work& work) {
  return through(link_, work);
}

Writer::Writer(Storage& storage, std::size_t user_block)
    : turn_(take_turn()), link_{&storage, nullptr}, file_(through(link_, [&] {
        return create_file(link_, user_block);
      })) {}

Writer::~Writer() {
  // Unfinished: whatever HDF5 still wants to write is of no use to anybody. An exception that needs
  // no memory, since that may be what was missing.
  if (!link_.failure) link_.failure = std::make_exception_ptr(std::bad_exception());
}

void Writer::add_group(const std::string& path) {
  with_storage([&] {
    const std::string what = "cannot add group " + path;
    const Handle creation = own(H5Pcreate(H5P_GROUP_CREATE), H5Pclose, what);
    track_order(creation, true);
    own(H5Gcreate2(file_.id(), path.c_str(), H5P_DEFAULT, creation.id(), H5P_DEFAULT), H5Gclose,
        what)
        .close();
  });
}

void Writer::add_attributes(const std::string& path, const Attributes& attributes) {
  with_storage([&] { add_each(open_object(file_, path), attributes); });
}

Handle Writer::create(const std::string& path, std::int64_t type, const Shape& shape,
                      const Shape& chunk, const void* missing) {
  const std::string what = "cannot add " + path;
  const std::vector<hsize_t> extent(shape.begin(), shape.end());
  const Handle creation = own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, what);
  track_order(creation, false);
  const bool is_empty = std::find(extent.begin(), extent.end(), 0U) != extent.end();
  if (!chunk.empty() && !is_empty) {
    const std::vector<hsize_t> piece(chunk.begin(), chunk.end());
    check(H5Pset_chunk(creation.id(), static_cast<int>(piece.size()), piece.data()), what);
    check(H5Pset_shuffle(creation.id()), what);
    check(H5Pset_deflate(creation.id(), gzip_level), what);
    check(H5Pset_fletcher32(creation.id()), what);
  }
  if (missing != nullptr) check(H5Pset_fill_value(creation.id(), type, missing), what);
  const Handle space = space_of(extent);
  return own(H5Dcreate2(file_.id(), path.c_str(), type, space.id(), H5P_DEFAULT, creation.id(),
                        H5P_DEFAULT),
             H5Dclose, what);
}

// Dimension scales are written attribute by attribute, as their specification lays them down:
// H5DSattach_scale would leave four bytes of whatever the stack held in each entry of
// REFERENCE_LIST, and equal results would no longer give equal bytes.

void Writer::make_dimension(const Handle& dataset, const std::string& path, std::uint64_t size) {
  write_ascii_attribute(dataset, "CLASS", "DIMENSION_SCALE");
  write_ascii_attribute(dataset, "NAME", base_name(path));
  dimensions_.push_back({path, address_of(dataset), size, {}});
}

Writer::Dimension& Writer::dimension(const std::string& path) {
  const auto found = std::find_if(dimensions_.begin(), dimensions_.end(),
                                  [&](const Dimension& each) { return each.path == path; });
  if (found == dimensions_.end()) throw std::invalid_argument("there is no dimension " + path);
  return *found;
}

Shape Writer::shape_over(const std::vector<std::string>& dimensions) {
  Shape shape;
  for (const std::string& path : dimensions) shape.push_back(dimension(path).size);
  return shape;
}

void Writer::use_dimensions(const Handle& dataset, const std::vector<std::string>& dimensions) {
  if (dimensions.empty()) return;
  std::vector<hobj_ref_t> scales;
  scales.reserve(dimensions.size());
  for (const std::string& path : dimensions) scales.push_back(dimension(path).address);
  std::vector<hvl_t> list;  // of scales for each dimension; ours have one
  list.reserve(scales.size());
  for (hobj_ref_t& scale : scales) list.push_back({1, &scale});
  const Handle type = own(H5Tvlen_create(H5T_STD_REF_OBJ), H5Tclose, "cannot make a list type");
  const std::array<hsize_t, 1> shape{list.size()};
  write_attribute(dataset, "DIMENSION_LIST", type.id(), type.id(), shape, list.data());

  const std::uint64_t variable = address_of(dataset);
  int position = 0;
  for (const std::string& path : dimensions) dimension(path).uses.push_back({variable, position++});
}

void Writer::add_dimension(const std::string& path, std::span<const std::int32_t> values,
                           const Attributes& attributes) {
  const Slot slot = add_dimension(path, values.size(), {values.size()}, attributes);
  fill(slot, {0}, {values.size()}, values);
}

void Writer::add_dimension(const std::string& path, std::span<const std::string> values,
                           const Attributes& attributes) {
  with_storage([&] {
    const Handle type = text_type();
    Handle dataset = create(path, type.id(), {values.size()}, {}, nullptr);
    write(dataset, type.id(), c_texts(values).data(), path);
    make_dimension(dataset, path, values.size());
    add_each(dataset, attributes);
    dataset.close();
  });
}

void Writer::add_variable(const std::string& path, const std::vector<std::string>& dimensions,
                          std::span<const std::string> values, const Attributes& attributes) {
  const Shape shape = shape_over(dimensions);
  if (cells_of(shape) != values.size())
    throw std::invalid_argument(std::to_string(values.size()) + " values for " +
                                std::to_string(cells_of(shape)) + " cells of " + path);
  with_storage([&] {
    const Handle type = text_type();
    Handle dataset = create(path, type.id(), shape, {}, nullptr);
    write(dataset, type.id(), c_texts(values).data(), path);
    use_dimensions(dataset, dimensions);
    add_each(dataset, attributes);
    dataset.close();
  });
}

template <class Number>
Writer::Slot Writer::add_variable(const std::string& path,
                                  const std::vector<std::string>& dimensions, const Shape& chunk,
                                  const Attributes& attributes, std::optional<Number> missing) {
  const Shape shape = shape_over(dimensions);
  with_storage([&] {
    Handle dataset =
        create(path, Types<Number>::file(), shape, chunk, missing ? &*missing : nullptr);
    use_dimensions(dataset, dimensions);
    if (missing) {
      const std::array<hsize_t, 1> one{1};
      write_attribute(dataset, "_FillValue", Types<Number>::file(), Types<Number>::memory(), one,
                      &*missing);
    }
    add_each(dataset, attributes);
    variables_.push_back({path, std::move(dataset)});
  });
  return {variables_.size() - 1};
}

Writer::Slot Writer::add_dimension(const std::string& path, std::uint64_t size, const Shape& chunk,
                                   const Attributes& attributes) {
  with_storage([&] {
    Handle dataset = create(path, Types<std::int32_t>::file(), {size}, chunk, nullptr);
    make_dimension(dataset, path, size);
    add_each(dataset, attributes);
    variables_.push_back({path, std::move(dataset)});
  });
  return {variables_.size() - 1};
}

template <class Number>
void Writer::fill(Slot slot, const Shape& start, const Shape& extent,
                  std::span<const Number> values) {
  const OpenVariable& variable = variables_.at(slot.index);
  if (cells_of(extent) != values.size())
    throw std::invalid_argument(std::to_string(values.size()) + " values for " +
                                std::to_string(cells_of(extent)) + " cells of " + variable.path);
  if (values.empty()) return;
  with_storage([&] {
    const std::string what = "cannot write " + variable.path;
    const Handle there = select(variable.dataset, start, extent, what);
    const Handle here = space_of(extents(extent));
    check(H5Dwrite(variable.dataset.id(), Types<Number>::memory(), here.id(), there.id(),
                   H5P_DEFAULT, values.data()),
          what);
  });
}

void Writer::refer_back() {
  struct Entry {  ///< of REFERENCE_LIST, without padding that nobody would set
    hobj_ref_t dataset;
    std::int32_t dimension;
    std::int32_t padding;
  };
  const char* what = "cannot make a reference type";
  const Handle type = own(H5Tcreate(H5T_COMPOUND, sizeof(Entry)), H5Tclose, what);
  check(H5Tinsert(type.id(), "dataset", HOFFSET(Entry, dataset), H5T_STD_REF_OBJ), what);
  check(H5Tinsert(type.id(), "dimension", HOFFSET(Entry, dimension), H5T_STD_I32LE), what);
  for (const Dimension& each : dimensions_) {
    if (each.uses.empty()) continue;
    std::vector<Entry> entries;
    for (const Use& use : each.uses) entries.push_back({use.variable, use.position, 0});
    const std::array<hsize_t, 1> shape{entries.size()};
    write_attribute(open_object(file_, each.path), "REFERENCE_LIST", type.id(), type.id(), shape,
                    entries.data());
  }
}

void Writer::finish() {
  with_storage([&] {
    refer_back();
    for (OpenVariable& variable : variables_) variable.dataset.close();
    file_.close();
  });
}

template <class Work>
auto Reader::with_storage(const Work& work) const {
  return through(link_, work);
}

Reader::Reader(Storage& storage)
    : turn_(take_turn()), link_{&storage, nullptr}, file_(through(link_, [&] {
        return open_file(link_);
      })) {}

bool Reader::has(const std::string& path) const {
  return with_storage([&] { return H5Lexists(file_.id(), path.c_str(), H5P_DEFAULT) > 0; });
}

Shape Reader::shape(const std::string& path) const {
  return with_storage([&]() -> Shape {
    const std::string what = "cannot read the shape of " + path;
    const Handle dataset = open_dataset(file_, path);
    const Handle space = own(H5Dget_space(dataset.id()), H5Sclose, what);
    const int rank = H5Sget_simple_extent_ndims(space.id());
    check(rank, what);
    std::vector<hsize_t> extent(static_cast<std::size_t>(rank));
    check(H5Sget_simple_extent_dims(space.id(), extent.data(), nullptr), what);
    return {extent.begin(), extent.end()};
  });
}

template <class Number>
std::vector<Number> Reader::numbers(const std::string& path) const {
  std::vector<Number> values(cells_of(shape(path)));
  if (values.empty()) return values;
  with_storage([&] {
    const Handle dataset = open_dataset(file_, path);
    check(H5Dread(dataset.id(), Types<Number>::memory(), H5S_ALL, H5S_ALL, H5P_DEFAULT,
                  values.data()),
          "cannot read " + path);
  });
  return values;
}

template <class Number>
std::vector<Number> Reader::numbers(const std::string& path, const Shape& start,
                                    const Shape& extent) const {
  std::vector<Number> values(cells_of(extent));
  if (values.empty()) return values;
  with_storage([&] {
    const std::string what = "cannot read part of " + path;
    const Handle dataset = open_dataset(file_, path);
    const Handle there = select(dataset, start, extent, what);
    const Handle here = space_of(extents(extent));
    check(H5Dread(dataset.id(), Types<Number>::memory(), here.id(), there.id(), H5P_DEFAULT,
                  values.data()),
          what);
  });
  return values;
}

std::vector<std::string> Reader::texts(const std::string& path) const {
  std::vector<char*> pointers(cells_of(shape(path)), nullptr);
  if (pointers.empty()) return {};
  return with_storage([&] {
    const std::string what = "cannot read " + path;
    const Handle dataset = open_dataset(file_, path);
    const Handle space = own(H5Dget_space(dataset.id()), H5Sclose, what);
    const Handle type = text_type();
    check(H5Dread(dataset.id(), type.id(), H5S_ALL, H5S_ALL, small_buffer().id(), pointers.data()),
          what);
    std::vector<std::string> texts;
    texts.reserve(pointers.size());
    for (const char* text : pointers) texts.emplace_back(text == nullptr ? "" : text);
    check(H5Dvlen_reclaim(type.id(), space.id(), H5P_DEFAULT, pointers.data()), what);
    return texts;
  });
}

namespace {

/// Opens an attribute and checks that it is a single value.
Handle open_attribute(const Handle& file, const std::string& path, const std::string& name,
                      const std::string& what) {
  const Handle object = open_object(file, path);
  Handle attribute = own(H5Aopen(object.id(), name.c_str(), H5P_DEFAULT), H5Aclose, what);
  const Handle space = own(H5Aget_space(attribute.id()), H5Sclose, what);
  if (H5Sget_simple_extent_npoints(space.id()) != 1) throw Error(what + ": not a single value");
  return attribute;
}

}  // namespace

std::string Reader::text_attribute(const std::string& path, const std::string& name) const {
  return with_storage([&] {
    const std::string what = "cannot read attribute " + name + " of " + path;
    const Handle attribute = open_attribute(file_, path, name, what);
    const Handle type = text_type();
    char* pointer = nullptr;
    check(H5Aread(attribute.id(), type.id(), &pointer), what);
    std::string text = pointer == nullptr ? "" : pointer;
    check(H5free_memory(pointer), what);
    return text;
  });
}

template <class Number>
Number Reader::number_attribute(const std::string& path, const std::string& name) const {
  return with_storage([&] {
    const std::string what = "cannot read attribute " + name + " of " + path;
    const Handle attribute = open_attribute(file_, path, name, what);
    Number value{};
    check(H5Aread(attribute.id(), Types<Number>::memory(), &value), what);
    return value;
  });
}

#define RECORD_HDF5_NUMBER(Number)                                                                \
  template Writer::Slot Writer::add_variable(const std::string&, const std::vector<std::string>&, \
                                             const Shape&, const Attributes&,                     \
                                             std::optional<Number>);                              \
  template void Writer::fill(Slot, const Shape&, const Shape&, std::span<const Number>);          \
  template std::vector<Number> Reader::numbers(const std::string&) const;                         \
  template std::vector<Number> Reader::numbers(const std::string&, const Shape&, const Shape&)    \
      const;
RECORD_HDF5_NUMBER(double)
RECORD_HDF5_NUMBER(float)
RECORD_HDF5_NUMBER(std::int32_t)
RECORD_HDF5_NUMBER(std::int64_t)
RECORD_HDF5_NUMBER(std::int16_t)
#undef RECORD_HDF5_NUMBER
template std::int32_t Reader::number_attribute(const std::string&, const std::string&) const;
template std::int64_t Reader::number_attribute(const std::string&, const std::string&) const;
template std::uint64_t Reader::number_attribute(const std::string&, const std::string&) const;

}  // namespace record::hdf5
