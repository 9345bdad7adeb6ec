using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Files;
using Xunit;

namespace LlmMemory.Core.Tests.Safetensors;

/// <summary>The headers of many files are read side by side, and the outcome is as if they were read one after another.</summary>
public sealed class ShardReadingTests
{
    private const int AtOnce = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void As_many_are_read_at_once_as_the_limit_says_and_no_more()
    {
        using var all = new CountdownEvent(AtOnce);
        var files = new Shards(160, path =>
        {
            if (Shards.NumberOf(path) <= AtOnce)
            {
                all.Signal();
                Assert.True(all.Wait(Patience), "the first eight are not opened side by side");
            }
        });

        ModelReader.FromFiles(files);

        Assert.Equal(AtOnce, files.MostAtOnce);
    }

    [Fact]
    public void Tensors_come_in_the_order_of_the_files_whichever_is_read_first()
    {
        using var second = new ManualResetEventSlim();
        var files = new Shards(40, path =>
        {
            switch (Shards.NumberOf(path))
            {
                case 1:
                    Assert.True(second.Wait(Patience));
                    break;
                case 2:
                    second.Set();
                    break;
            }
        });

        var model = ModelReader.FromFiles(files);

        Assert.Equal(Enumerable.Range(1, 40).Select(number => $"tensor.{number}.weight"), model.Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void The_error_is_that_of_the_first_file_although_a_later_one_fails_sooner()
    {
        using var later = new ManualResetEventSlim();
        var files = new Shards(40, path =>
        {
            switch (Shards.NumberOf(path))
            {
                case 3:
                    Assert.True(later.Wait(Patience));
                    throw new LlmMemoryException(ErrorIds.ModelFileUnreadable, "third", "The third file cannot be read.");
                case 5:
                    later.Set();
                    throw new LlmMemoryException(ErrorIds.ModelFileUnreadable, "fifth", "The fifth file cannot be read.");
            }
        });

        Assert.Equal("third", Assert.Throws<LlmMemoryException>(() => ModelReader.FromFiles(files)).Value);
    }

    [Fact]
    public void A_reading_that_is_cancelled_ends_with_the_files_under_way()
    {
        using var stop = new CancellationTokenSource();
        var files = new Shards(160, path =>
        {
            if (Shards.NumberOf(path) == 10)
            {
                stop.Cancel();
            }

            stop.Token.ThrowIfCancellationRequested();
        });

        Assert.Throws<OperationCanceledException>(() => ModelReader.FromFiles(files));
        Assert.InRange(files.Opened, 10, 10 + AtOnce);
    }

    /// <summary>A model in numbered files of a tensor each, which tells how it is read.</summary>
    private sealed class Shards(int count, Action<string> onOpen) : IModelFiles
    {
        private int _opened;
        private int _open;
        private int _mostAtOnce;

        public int Opened => _opened;

        public int MostAtOnce => _mostAtOnce;

        public string Name => "shards";

        public string Location => "nowhere";

        public IReadOnlyList<ModelFile> Files { get; } =
            [.. Enumerable.Range(1, count).Select(number => new ModelFile($"model-{number:00000}-of-{count:00000}.safetensors", null))];

        public static int NumberOf(string path)
        {
            return int.Parse(path.Split('-')[1], CultureInfo.InvariantCulture);
        }

        public byte[] Read(string path, int maxBytes)
        {
            throw new LlmMemoryException(ErrorIds.ModelFileNotFound, path, "There is none.");
        }

        public Stream Open(string path)
        {
            Interlocked.Increment(ref _opened);
            var open = Interlocked.Increment(ref _open);
            for (var most = _mostAtOnce; open > most; most = _mostAtOnce)
            {
                Interlocked.CompareExchange(ref _mostAtOnce, open, most);
            }

            try
            {
                onOpen(path);
                return new SafetensorsBuilder().Add($"tensor.{NumberOf(path)}.weight", "BF16", 2, 2).ToStream();
            }
            finally
            {
                Interlocked.Decrement(ref _open);
            }
        }
    }
}
