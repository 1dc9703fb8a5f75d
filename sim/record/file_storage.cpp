#include "record/file_storage.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "record/hash.hpp"

namespace record {
namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 20;  ///< hashed at once

}  // namespace

FileToCome::FileToCome(std::filesystem::path path, std::uint64_t most_in_memory)
    : path_(std::move(path)), most_in_memory_(most_in_memory) {}

void FileToCome::resize(std::uint64_t size) {
  if (file_)
    file_->resize(size);
  else
    memory_.resize(size);
  size_ = size;
}

void FileToCome::read(std::uint64_t offset, std::span<std::byte> into) {
  if (file_)
    file_->read_at(offset, into);
  else
    memory_.read(offset, into);
}

void FileToCome::write(std::uint64_t offset, std::span<const std::byte> bytes) {
  size_ = std::max<std::uint64_t>(size_, offset + bytes.size());
  if (!file_ && size_ > most_in_memory_) leave_memory();
  if (file_)
    file_->write_at(offset, bytes);
  else
    memory_.write(offset, bytes);
}

void FileToCome::leave_memory() {
  file_.emplace(path_);
  file_->write_at(0, memory_.bytes());
  memory_ = hdf5::MemoryStorage();
}

void FileToCome::commit(const Header& header) {
  UserBlock block = encode(header, size_ - user_block_bytes);
  Hash hash;
  hash.feed(block.data(), block.size());
  Bytes piece(piece_bytes);
  for (std::uint64_t done = user_block_bytes; done < size_; done += piece.size()) {
    piece.resize(std::min<std::uint64_t>(piece_bytes, size_ - done));
    read(done, piece);
    hash.feed(piece.data(), piece.size());
  }
  set_checksum(block, hash.result());
  write(0, block);
  if (file_)
    file_->commit();
  else
    write_durably(path_, memory_.bytes());
}

FileAtHand::FileAtHand(const Descriptor& file, const std::filesystem::path& path)
    : file_(file), path_(path), size_(size_of(file, path)) {}

void FileAtHand::read(std::uint64_t offset, std::span<std::byte> into) {
  read_at(file_, offset, into, path_);
}

void FileAtHand::resize(std::uint64_t) {
  throw std::logic_error("a file that is read was resized");
}

void FileAtHand::write(std::uint64_t, std::span<const std::byte>) {
  throw std::logic_error("a file that is read was written");
}

}  // namespace record
