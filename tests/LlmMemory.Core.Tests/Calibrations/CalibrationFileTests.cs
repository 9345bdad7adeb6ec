using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LlmMemory.Errors;
using LlmMemory.Estimation.Calibration;
using LlmMemory.Sources.Calibrations;
using LlmMemory.Sources.Machine;
using Xunit;

namespace LlmMemory.Core.Tests.Calibrations;

public sealed class CalibrationFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void What_is_saved_comes_back()
    {
        var made = EngineCalibration.Of(MeasuredRun.Estimate(), MeasuredRun.Log("C:\\logs\\a \"b\"\u001b[31m é.log"));
        var read = MeasuredRun.Saved(_folder, made);

        Assert.Equal((made.Engine, made.EngineVersion, made.RulesVersion, made.DeviceMemory), (read.Engine, read.EngineVersion, read.RulesVersion, read.DeviceMemory));
        Assert.Equal(made.Logs.Select(Show).Select(text => text.Replace("\u001b", "\\u001B", StringComparison.Ordinal)), read.Logs.Select(Show));
        Assert.InRange(read.Age, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.Equal(["h100.json"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void What_is_there_is_left_added_to_or_replaced_as_it_is_asked()
    {
        var place = CalibrationPlace.Of(_folder.At("h100.json"));
        var (first, second) = (Of("a.log"), Of("b.log"));
        CalibrationFile.Save(first, place, CalibrationWrite.Create);

        Assert.Equal(ErrorIds.CalibrationExists, Id(() => CalibrationFile.Save(second, place, CalibrationWrite.Create)));
        Assert.Equal(["a.log"], CalibrationFile.Read(place).Logs.Select(log => log.Name));
        Assert.Equal(["a.log", "b.log"], CalibrationFile.Save(second, place, CalibrationWrite.Append).Logs.Select(log => log.Name));
        Assert.Equal(["b.log"], CalibrationFile.Save(second, place, CalibrationWrite.Replace).Logs.Select(log => log.Name));
    }

    [Fact]
    public async Task Several_writers_leave_one_whole_file_with_the_logs_of_all()
    {
        var place = CalibrationPlace.Of(_folder.At("h100.json"));
        CalibrationFile.Save(Of("first.log"), place, CalibrationWrite.Create);
        using var written = new CancellationTokenSource();
        var reader = Task.Run(() => { while (!written.IsCancellationRequested) { CalibrationFile.Read(place); } });
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => CalibrationFile.Save(Of($"{i}.log"), place, CalibrationWrite.Append));
        await written.CancelAsync();
        await reader;

        Assert.Equal(25, CalibrationFile.Read(place).Logs.Select(log => log.Name).Distinct().Count());
        Assert.Equal(["h100.json"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_place_that_cannot_be_written_keeps_what_was_there()
    {
        _folder.Write("file", "x");

        Assert.Equal(ErrorIds.CalibrationNotSaved, Id(() => CalibrationFile.Save(Of("a.log"), CalibrationPlace.Of(_folder.At("file/h100.json")), CalibrationWrite.Create)));
        Assert.Equal("x", File.ReadAllText(_folder.At("file")));
    }

    [Fact]
    public void Every_cut_of_a_file_is_refused_and_says_at_which_byte()
    {
        MeasuredRun.Saved(_folder);
        var whole = File.ReadAllText(_folder.At("h100.json")).TrimEnd();
        for (var length = 0; length < whole.Length; length++)
        {
            var error = Refused(whole[..length]);
            Assert.InRange(error.Offset!.Value, 0, length);
        }
    }

    [Theory]
    [InlineData("\"schema\": \"llm-memory-calibration\"", "\"schema\": \"other\"")]
    [InlineData("\"version\": 1", "\"version\": 2")]
    [InlineData("\"measured\": 300647711", "\"measured\": -1")]
    [InlineData("\"measured\": 300647711", "\"measured\": 1e300")]
    [InlineData("\"measured\": 300647711", "\"measured\": 1.5")]
    [InlineData("\"measured\": 300647711", "\"measured\": \"300647711\"")]
    [InlineData("\"measured\": 300647711", "\"measured\": 9223372036854775807")]
    [InlineData("\"tensorParallel\": 1", "\"tensorParallel\": 0")]
    [InlineData("\"engine\": \"vLLM\"", "\"engine\": \"\"")]
    [InlineData("\"engine\": \"vLLM\"", "\"engine\": null")]
    [InlineData("\"savedAt\": \"2", "\"savedAt\": \"x2")]
    [InlineData("\"Outside PyTorch\"", "\"Activations\"")]
    [InlineData("\"deviceMemory\": 85029615042", "\"deviceMemory\": 0")]
    public void A_value_that_no_calibration_has_is_refused_at_its_byte(string from, string to)
    {
        MeasuredRun.Saved(_folder);
        var whole = File.ReadAllText(_folder.At("h100.json"));
        Assert.Contains(from, whole, StringComparison.Ordinal);
        var bad = whole.Replace(from, to, StringComparison.Ordinal);

        Assert.InRange(Refused(bad).Offset!.Value, 0, bad.Length);
    }

    [Fact]
    public void Hostile_files_are_refused_in_bounded_time()
    {
        string[] files =
        [
            new string('[', 1_000_000),
            "{\"logs\":[" + string.Join(',', Enumerable.Repeat("{}", 300_000)) + "]}",
            new string(' ', 5 << 20),
            "{\"schema\":\"llm-memory-calibration\",\"version\":1,\"savedAt\":\"2026-01-01T00:00:00Z\",\"logs\":[" + string.Join(',', Enumerable.Repeat("1", 2000)) + "]}",
            "\0\0\0\0",
            "{\"schema\":[\"" + new string('x', 1_000_000) + "\"]}",
        ];
        Assert.All(files, text => Refused(text));
    }

    [Fact]
    public void A_calibration_of_extremes_gives_an_estimate_or_a_typed_error()
    {
        MeasuredRun.Saved(_folder);
        var whole = File.ReadAllText(_folder.At("h100.json"));
        foreach (var (estimated, measured) in new[] { (0L, 1L << 50), (1L, 1L << 50), (1L << 50, 0L), (1L << 50, 1L) })
        {
            var text = System.Text.RegularExpressions.Regex.Replace(whole, "\"estimated\": \\d+, \"measured\": \\d+", $"\"estimated\": {estimated}, \"measured\": {measured}");
            File.WriteAllText(_folder.At("h100.json"), text);
            var profile = CalibrationFile.Read(CalibrationPlace.Of(_folder.At("h100.json")));
            try
            {
                Assert.All(MeasuredRun.Estimate(profile).Components, component => Assert.True(component.Bytes >= 0));
            }
            catch (LlmMemoryException error)
            {
                Assert.Equal(ErrorIds.EstimateOverflow, error.ErrorId);
            }
        }
    }

    [Theory]
    [InlineData("h100", true)]
    [InlineData("h100-vllm_0.19", true)]
    [InlineData("", false)]
    [InlineData(".hidden", false)]
    [InlineData("a b", false)]
    [InlineData("..", false)]
    [InlineData("NUL", false)]
    [InlineData("com1", false)]
    [InlineData("h100.", false)]
    [InlineData("é", false)]
    [InlineData("a:b", false)]
    public void A_name_is_what_a_file_can_have_everywhere(string name, bool isName)
    {
        var user = UserEnvironment.Of(_folder.Path, MachinePlatform.Linux, new Dictionary<string, string>());

        Assert.Equal(isName, Record.Exception(() => CalibrationPlace.Of(name, user)) is null);
        Assert.True(isName || Id(() => CalibrationPlace.Of(name, user)) == ErrorIds.CalibrationNameInvalid);
    }

    [Theory]
    [InlineData(MachinePlatform.Linux, "XDG_DATA_HOME", "/data", "/data/LlmMemory/calibrations/a.json")]
    [InlineData(MachinePlatform.Linux, "XDG_DATA_HOME", "relative", "/home/user/.local/share/LlmMemory/calibrations/a.json")]
    [InlineData(MachinePlatform.Linux, "LOCALAPPDATA", "/data", "/home/user/.local/share/LlmMemory/calibrations/a.json")]
    [InlineData(MachinePlatform.Windows, "LOCALAPPDATA", "/local", "/local/LlmMemory/calibrations/a.json")]
    [InlineData(MachinePlatform.Windows, "XDG_DATA_HOME", "/data", "/home/user/AppData/Local/LlmMemory/calibrations/a.json")]
    [InlineData(MachinePlatform.MacOS, "XDG_DATA_HOME", "/data", "/home/user/Library/Application Support/LlmMemory/calibrations/a.json")]
    public void A_name_lies_in_the_folder_for_data_of_the_platform(MachinePlatform platform, string variable, string value, string path)
    {
        var user = UserEnvironment.Of("/home/user", platform, new Dictionary<string, string> { [variable] = value });

        Assert.Equal(path, CalibrationPlace.Of("a", user).Path.Replace('\\', '/'));
    }

    [Fact]
    public void A_user_without_a_home_gives_a_path()
    {
        var user = UserEnvironment.Of(string.Empty, MachinePlatform.Linux, new Dictionary<string, string>());

        Assert.Equal(ErrorIds.CalibrationNameInvalid, Id(() => CalibrationPlace.Of("a", user)));
        Assert.Empty(CalibrationPlace.Names(user));
        Assert.Equal("./a.json", CalibrationPlace.Of("./a.json", user).Path);
    }

    [Fact]
    public void Names_are_those_of_files_that_can_be_asked_for()
    {
        var user = UserEnvironment.Of(_folder.Path, MachinePlatform.Linux, new Dictionary<string, string>());
        foreach (var name in new[] { "b.json", "a.json", "c d.json", "e.txt" })
        {
            _folder.Write($".local/share/LlmMemory/calibrations/{name}", "{}");
        }

        Assert.Equal(["a", "b"], CalibrationPlace.Names(user));
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_folder_are_told_apart()
    {
        Assert.Equal(ErrorIds.CalibrationNotFound, Id(() => CalibrationFile.Read(CalibrationPlace.Of(_folder.At("none.json")))));
        Assert.Equal(ErrorIds.CalibrationUnreadable, Id(() => CalibrationFile.Read(CalibrationPlace.Of(_folder.Path))));
    }

    private static CalibrationProfile Of(string log)
    {
        return EngineCalibration.Of(MeasuredRun.Estimate(), MeasuredRun.Log(log));
    }

    private static string Show(CalibrationLog log)
    {
        return $"{log.Name}|{log.Model}|{log.TensorParallel}|{log.PipelineParallel}|{string.Join(';', log.Figures.Select(figure => $"{figure.Name} {figure.EstimatedBytes} {figure.MeasuredBytes}"))}";
    }

    private static string Id(Action action)
    {
        return Assert.Throws<LlmMemoryException>(action).ErrorId;
    }

    private LlmMemoryException Refused(string text)
    {
        File.WriteAllText(_folder.At("bad.json"), text, new UTF8Encoding(false));
        var error = Assert.Throws<LlmMemoryException>(() => CalibrationFile.Read(CalibrationPlace.Of(_folder.At("bad.json"))));
        Assert.Equal(ErrorIds.CalibrationInvalid, error.ErrorId);
        Assert.Contains($"at byte {error.Offset}", error.Message, StringComparison.Ordinal);
        return error;
    }
}
