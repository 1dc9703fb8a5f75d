/// HDF5 files: a thin layer over the C library, which nobody else includes.
///
/// HDF5 never sees a real file: what it reads and writes goes through a `Storage` of ours, whose
/// errors come out as they are (HDF5 itself forgets some, and may crash at the end after others).
/// Numbers go in compressed and with checksums of their own, dimensions are HDF5 dimension scales,
/// and equal calls give equal bytes. The layout is one that netCDF-4 readers accept.
///
/// One thread at a time uses HDF5, which is not everywhere built for more: others wait until the
/// writers and readers of that thread are gone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace record::hdf5 {

/// What HDF5 refused, in its own words.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Where the bytes of a file are kept. Members throw what they like.
class Storage {
 public:
  virtual ~Storage() = default;
  virtual std::uint64_t size() const = 0;
  virtual void resize(std::uint64_t size) = 0;
  /// All bytes asked for are within the size.
  virtual void read(std::uint64_t offset, std::span<std::byte> into) = 0;
  /// May lie behind the end: what is between is zeros.
  virtual void write(std::uint64_t offset, std::span<const std::byte> bytes) = 0;
};

class MemoryStorage : public Storage {
 public:
  MemoryStorage() = default;
  explicit MemoryStorage(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  void resize(std::uint64_t size) override { bytes_.resize(size); }
  void read(std::uint64_t offset, std::span<std::byte> into) override;
  void write(std::uint64_t offset, std::span<const std::byte> bytes) override;

  std::vector<std::byte>& bytes() { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
};

/// What HDF5 is shown of a storage. After a failed write it is told that all goes well, so that it
/// closes in peace: the failure is kept here, and nothing is written any more.
struct Link {
  Storage* storage = nullptr;
  std::exception_ptr failure;
};

/// A note that describes a file, a group or a variable: `units` is "days".
struct Attribute {
  std::string name;
  std::variant<std::string, std::int32_t, std::int64_t, std::uint64_t, std::vector<std::int16_t>>
      value;
};
using Attributes = std::vector<Attribute>;

/// An open HDF5 object, closed at the end of its scope.
class Handle {
 public:
  using Close = int (*)(std::int64_t);
  Handle(std::int64_t id, Close closer) : id_(id), close_(closer) {}
  Handle(Handle&& other) noexcept;
  Handle& operator=(Handle&& other) noexcept;
  ~Handle();
  std::int64_t id() const { return id_; }
  /// Closes now and throws `Error` if HDF5 cannot.
  void close();

 private:
  std::int64_t id_;
  Close close_;
};

/// Lengths or positions along the dimensions of a variable, the last one varying fastest.
using Shape = std::vector<std::uint64_t>;

/// Builds a file. Names are paths from the root ("stays/cause"); numbers are double, float,
/// std::int32_t, std::int64_t or std::int16_t; texts are UTF-8 without a null character. Every
/// member throws `Error` when HDF5 fails, what the storage throws, and `std::invalid_argument` for
/// such a text.
class Writer {
 public:
  /// Starts a file in an empty storage, behind a user block of so many zeros, a power of two from
  /// 512.
  Writer(Storage& storage, std::size_t user_block);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer();

  void add_group(const std::string& path);
  /// Describes the group or variable at `path`; "/" is the file itself.
  void add_attributes(const std::string& path, const Attributes& attributes);

  /// Adds a dimension: a variable that gives a number or a label to each of its positions.
  void add_dimension(const std::string& path, std::span<const std::int32_t> values,
                     const Attributes& attributes);
  void add_dimension(const std::string& path, std::span<const std::string> values,
                     const Attributes& attributes);

  /// Adds a variable of texts over dimensions that are there already; without any it is a single
  /// value. Requires one value per cell.
  void add_variable(const std::string& path, const std::vector<std::string>& dimensions,
                    std::span<const std::string> values, const Attributes& attributes);

  /// A variable of numbers that is filled piece by piece.
  struct Slot {
    std::size_t index = 0;
  };
  /// Adds such a variable over dimensions that are there already, stored in pieces of the shape
  /// `chunk`: it is filled fastest by whole ones.
  template <class Number>
  Slot add_variable(const std::string& path, const std::vector<std::string>& dimensions,
                    const Shape& chunk, const Attributes& attributes,
                    std::optional<Number> missing = std::nullopt);
  /// Adds such a variable that is itself a dimension of `size` positions.
  Slot add_dimension(const std::string& path, std::uint64_t size, const Shape& chunk,
                     const Attributes& attributes);
  /// Fills the part that begins at `start` and has the shape `extent`.
  template <class Number>
  void fill(Slot slot, const Shape& start, const Shape& extent, std::span<const Number> values);

  /// Completes the file. Nothing can be added afterwards.
  void finish();

 private:
  struct Use {               ///< a variable that extends over a dimension
    std::uint64_t variable;  ///< its address in the file
    int position;            ///< of the dimension among those of the variable
  };
  struct Dimension {
    std::string path;
    std::uint64_t address;
    std::uint64_t size;
    std::vector<Use> uses;
  };
  struct OpenVariable {
    std::string path;
    Handle dataset;
  };

  template <class Work>
  auto with_storage(const Work& work);
  Dimension& dimension(const std::string& path);
  Shape shape_over(const std::vector<std::string>& dimensions);
  Handle create(const std::string& path, std::int64_t type, const Shape& shape, const Shape& chunk,
                const void* missing);
  void make_dimension(const Handle& dataset, const std::string& path, std::uint64_t size);
  void use_dimensions(const Handle& dataset, const std::vector<std::string>& dimensions);
  void refer_back();

  std::unique_lock<std::recursive_mutex> turn_;
  Link link_;
  Handle file_;
  std::vector<Dimension> dimensions_;
  std::vector<OpenVariable> variables_;
};

/// Reads a file. Requires bytes that are known to be whole (by a checksum): HDF5 is not made for
/// damaged ones. Every member throws `Error` for what is missing or of another type, and what the
/// storage throws.
class Reader {
 public:
  explicit Reader(Storage& storage);
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  bool has(const std::string& path) const;
  /// The lengths of a variable's dimensions, none for a single value.
  Shape shape(const std::string& path) const;
  template <class Number>
  std::vector<Number> numbers(const std::string& path) const;
  /// The part that begins at `start` and has the shape `extent`.
  template <class Number>
  std::vector<Number> numbers(const std::string& path, const Shape& start,
                              const Shape& extent) const;
  std::vector<std::string> texts(const std::string& path) const;

  /// Attributes of the group or variable at `path`.
  std::string text_attribute(const std::string& path, const std::string& name) const;
  template <class Number>
  Number number_attribute(const std::string& path, const std::string& name) const;

 private:
  template <class Work>
  auto with_storage(const Work& work) const;

  std::unique_lock<std::recursive_mutex> turn_;
  mutable Link link_;
  Handle file_;
};

}  // namespace record::hdf5
