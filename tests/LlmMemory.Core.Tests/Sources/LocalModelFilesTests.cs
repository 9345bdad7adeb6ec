using System;
using System.IO;
using System.Linq;
using System.Text;
using LlmMemory.Errors;
using LlmMemory.Sources.Files;
using Xunit;

namespace LlmMemory.Core.Tests.Sources;

public sealed class LocalModelFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void A_folder_lists_its_files_and_those_of_its_folders_sorted()
    {
        _folder.Write("model.safetensors", "12345");
        _folder.Write("config.json", "{}");
        _folder.Write("onnx/model.onnx", "1");
        _folder.Write(".git/config", "not a file of the model");

        var files = new LocalModelFiles(_folder.Path);

        Assert.Equal(
            [new ModelFile("config.json", 2), new ModelFile("model.safetensors", 5), new ModelFile("onnx/model.onnx", 1)],
            files.Files);
        Assert.Equal(Path.GetFileName(_folder.Path), files.Name);
        Assert.Equal(_folder.Path, files.Location);
    }

    [Fact]
    public void A_small_file_is_read_whole_and_a_longer_one_refused()
    {
        _folder.Write("config.json", "{\"a\":1}");
        var files = new LocalModelFiles(_folder.Path);

        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(files.Read("config.json", 7)));
        Assert.Equal(ErrorIds.ModelFileTooLarge, Assert.Throws<LlmMemoryException>(() => files.Read("config.json", 6)).ErrorId);
    }

    [Fact]
    public void A_file_opens_as_a_stream_that_seeks()
    {
        _folder.Write("sub/model.gguf", "0123456789");

        using var stream = new LocalModelFiles(_folder.Path).Open("sub/model.gguf");

        stream.Seek(-3, SeekOrigin.End);
        Assert.Equal('7', stream.ReadByte());
        Assert.Equal(10, stream.Length);
        Assert.False(stream.CanWrite);
    }

    [Theory]
    [InlineData(-1, SeekOrigin.Begin)]
    [InlineData(-11, SeekOrigin.End)]
    [InlineData(long.MaxValue, SeekOrigin.End)]
    [InlineData(long.MinValue, SeekOrigin.Current)]
    public void A_place_outside_of_the_file_is_an_error_of_the_engine(long offset, SeekOrigin origin)
    {
        _folder.Write("model.gguf", "0123456789");
        using var stream = new LocalModelFiles(_folder.Path).Open("model.gguf");

        var error = Assert.Throws<LlmMemoryException>(() => stream.Seek(offset, origin));

        Assert.Equal(ErrorIds.ModelFileUnreadable, error.ErrorId);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("sub/../../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/secret")]
    [InlineData("a\\b")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a\0b")]
    [InlineData("")]
    public void A_path_that_leaves_the_folder_is_refused(string path)
    {
        var error = Assert.Throws<LlmMemoryException>(() => new LocalModelFiles(_folder.Path).Open(path));

        Assert.Equal(ErrorIds.ModelFileNameInvalid, error.ErrorId);
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        var file = Assert.Throws<LlmMemoryException>(() => new LocalModelFiles(_folder.Path).Open("model.gguf"));
        var folder = Assert.Throws<LlmMemoryException>(() => new LocalModelFiles(_folder.At("nowhere")));

        Assert.Equal(ErrorIds.ModelFileNotFound, file.ErrorId);
        Assert.Equal(ErrorIds.ModelFileNotFound, folder.ErrorId);
        Assert.Contains(_folder.At("model.gguf"), file.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.At("nowhere"), folder.Message, StringComparison.Ordinal);
    }

    [LinksFact]
    public void A_link_has_the_length_of_its_file_and_a_circle_of_folders_is_not_walked()
    {
        _folder.Write("blobs/abc", "0123456789");
        Directory.CreateDirectory(_folder.At("snapshot"));
        File.CreateSymbolicLink(_folder.At("snapshot/model.safetensors"), _folder.At("blobs/abc"));
        File.CreateSymbolicLink(_folder.At("snapshot/unfinished.safetensors"), _folder.At("blobs/nothing"));
        Directory.CreateSymbolicLink(_folder.At("snapshot/circle"), _folder.At("snapshot"));

        var files = new LocalModelFiles(_folder.At("snapshot"));

        Assert.Equal([new ModelFile("model.safetensors", 10), new ModelFile("unfinished.safetensors", null)], files.Files);
        Assert.Equal(ErrorIds.ModelFileNotFound, Assert.Throws<LlmMemoryException>(() => files.Open("unfinished.safetensors")).ErrorId);
    }

    [Fact]
    public void Folders_deeper_than_a_models_are_not_looked_into()
    {
        _folder.Write("1/2/3/near", "x");
        _folder.Write("1/2/3/4/far", "x");

        Assert.Equal("1/2/3/near", Assert.Single(new LocalModelFiles(_folder.Path).Files.Select(file => file.Path)));
    }
}
