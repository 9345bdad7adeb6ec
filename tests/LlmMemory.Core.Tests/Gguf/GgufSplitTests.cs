using System;
using System.IO;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Gguf;

/// <summary>Models in several files: any of them will do, and none may be missing.</summary>
public sealed class GgufSplitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_part_leads_to_the_whole_model(int part)
    {
        WriteParts(3, 3);

        var model = ModelReader.FromGguf(PathOf(part, 3));

        Assert.Equal((3, 6 * 32), (model.Tensors.Count, model.Parameters));
        Assert.Equal("split", model.Name);
    }

    [Fact]
    public void A_missing_part_is_named()
    {
        WriteParts(3, 3);
        File.Delete(PathOf(2, 3));

        var error = Refused(1);

        Assert.Contains("'model-00002-of-00003.gguf' is not there", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_another_model_are_noticed()
    {
        WriteParts(3, 4);
        Assert.Contains("The model has 4 tensors, and its parts have 3.", Refused(1).Message, StringComparison.Ordinal);

        File.Copy(PathOf(1, 3), PathOf(2, 3), overwrite: true);
        Assert.Contains("'model-00002-of-00003.gguf' says that it is part 1 of 3", Refused(3).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_under_another_name_is_refused()
    {
        WriteParts(3, 3);
        File.Move(PathOf(1, 3), _folder.At("renamed.gguf"));

        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromGguf(_folder.At("renamed.gguf")));

        Assert.Equal(ErrorIds.GgufIncomplete, error.ErrorId);
        Assert.Contains("its name does not say which", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_came_as_a_stream_is_refused()
    {
        WriteParts(2, 2);
        using var stream = File.OpenRead(PathOf(1, 2));

        Assert.Equal(ErrorIds.GgufIncomplete, Assert.Throws<LlmMemoryException>(() => ModelReader.FromGguf(stream, "part")).ErrorId);
    }

    public void Dispose()
    {
        _folder.Dispose();
    }

    private LlmMemoryException Refused(int part)
    {
        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromGguf(PathOf(part, 3)));
        Assert.Equal(ErrorIds.GgufIncomplete, error.ErrorId);
        return error;
    }

    private string PathOf(int part, int count)
    {
        return _folder.At($"model-{part:00000}-of-{count:00000}.gguf");
    }

    private void WriteParts(ushort count, uint tensors)
    {
        for (ushort i = 0; i < count; i++)
        {
            var builder = new GgufBuilder();
            if (i == 0)
            {
                builder.Add("general.architecture", "llama").Add("general.name", "split");
            }

            builder
                .Raw("split.no", 2, BitConverter.GetBytes(i))
                .Raw("split.count", 2, BitConverter.GetBytes(count))
                .Raw("split.tensors.count", 5, BitConverter.GetBytes(tensors))
                .Tensor($"blk.{i}.attn_q.weight", 0, 4L * 32 * (i + 1), 32, i + 1);
            using var file = File.Create(PathOf(i + 1, count));
            file.Write(builder.Header());
            file.SetLength(builder.Header().Length + builder.DataLength);
        }
    }
}
