using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using LlmMemory.Errors;
using LlmMemory.Launching;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace LlmMemory.Core.Tests.Launching;

/// <summary>Names come out of files that nobody vouches for. None of them is more than a name in what is written.</summary>
public sealed class LaunchQuotingTests
{
    public static TheoryData<string> Hostile =>
    [
        "plain/Model-1.0",
        "two words",
        "it's",
        "say \"hi\"",
        "$HOME $(touch owned) ${IFS}",
        "`touch owned`",
        "back\\slash\\",
        "a;touch owned&&b|c>d<e#f",
        "line\ntouch owned\n# x",
        "return\r\ntouch owned",
        "~/x *?[a-z]{1,2} !!",
        "\u2018curly\u2019 \u201Cquotes\u201D",
        "tab\there",
        "\u2028line\u2029paragraph",
        "\ud83e\udd99 llama",
        "yes",
        "123",
        "1e3",
        ": - ? & * ! | > % @",
        "#SBATCH --partition=x",
        "--help",
        "'''",
        "' ; touch owned ; '",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Bash_passes_a_name_on_as_one_word(string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        foreach (var request in new[] { LaunchCases.Vllm with { Model = name }, LaunchCases.Vllm with { Model = "m", ModelPath = "/models/" + name } })
        {
            var place = request.ModelPath ?? (name.StartsWith('-') ? "./" + name : name);
            Assert.Equal(["serve", place, "--tensor-parallel-size", "4"], Arguments(folder, LaunchTargets.All.Find("vLLM").Write(request).Text).Take(4));
        }

        Assert.Equal(["calls"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Every_line_of_a_document_is_a_comment_or_was_meant(string name)
    {
        foreach (var (file, target, request, shell) in LaunchCases.Golden.Where(golden => golden.Request.Model is not null && golden.Target is not "Ollama"))
        {
            var plain = Comments(LaunchTargets.All.Find(target).Write(request with { Model = "m", ModelPath = "/m" }, shell));
            var hostile = Comments(LaunchTargets.All.Find(target).Write(request with { Model = name, ModelPath = "/m" }, shell));

            Assert.True(plain == hostile, file);
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Json_yaml_and_python_hold_a_name_as_it_is(string name)
    {
        var json = JsonDocument.Parse(LaunchTargets.All.Find("DeepSpeed").Write(LaunchCases.Zero with { Model = name }).Text);
        Assert.Equal(3, json.RootElement.GetProperty("zero_optimization").GetProperty("stage").GetInt32());
        Assert.Equal(128, json.RootElement.GetProperty("train_batch_size").GetInt64());

        var yaml = new YamlStream();
        yaml.Load(new StringReader(LaunchTargets.All.Find("Accelerate").Write(LaunchCases.Fsdp with { Model = name }).Text));
        Assert.Equal("FSDP", ((YamlScalarNode)yaml.Documents.Single().RootNode["distributed_type"]).Value);

        var python = LaunchTargets.All.Find("Ray").Write(LaunchCases.Vllm with { Model = name }).Text;
        var line = python.Split('\n').Single(line => line.StartsWith("    name=", StringComparison.Ordinal));
        Assert.Equal(name, JsonSerializer.Deserialize<string>(line["    name=".Length..^1]));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_modelfile_holds_a_name_as_one_value_or_refuses_it(string name)
    {
        var request = LaunchCases.LlamaCpp with { Model = "m", ModelPath = "./" + name };
        if (name.Any(letter => char.IsControl(letter) && letter != '\n'))
        {
            var error = Assert.Throws<LlmMemoryException>(() => LaunchTargets.All.Find("Ollama").Write(request));
            Assert.Equal(ErrorIds.LaunchModelPathInvalid, error.ErrorId);
            return;
        }

        var text = LaunchTargets.All.Find("Ollama").Write(request).Text;
        var from = text[(text.IndexOf("\nFROM ", StringComparison.Ordinal) + 6)..text.IndexOf("\nPARAMETER", StringComparison.Ordinal)];
        Assert.Equal("./" + name, Unquote(from));
    }

    [Fact]
    public void A_mapping_for_kubernetes_is_yaml_with_whole_gpus_and_memory()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(LaunchTargets.All.Find("Kubernetes").Write(LaunchCases.LlamaCpp with { GpuCount = 2 }).Text));
        var pod = yaml.Documents.Single().RootNode["spec"];
        var limits = pod["containers"][0]["resources"]["limits"];

        Assert.Equal("2", ((YamlScalarNode)limits["nvidia.com/gpu"]).Value);
        Assert.Equal("4096Mi", ((YamlScalarNode)limits["memory"]).Value);
        Assert.Equal("Memory", ((YamlScalarNode)pod["volumes"][0]["emptyDir"]["medium"]).Value);
        Assert.Equal(pod["volumes"][0]["name"], pod["containers"][0]["volumeMounts"][0]["name"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("--trust-remote-code")]
    [InlineData("zero\0inside")]
    public void A_place_that_no_model_can_have_is_refused(string path)
    {
        var error = Assert.Throws<LlmMemoryException>(() => LaunchTargets.All.Find("vLLM").Write(LaunchCases.Vllm with { ModelPath = path }));

        Assert.Equal((ErrorIds.LaunchModelPathInvalid, path), (error.ErrorId, error.Value));
    }

    [Fact]
    public void A_rule_for_tensors_is_quoted_in_bash()
    {
        var workload = LaunchCases.LlamaCpp.Serving! with { OverrideTensor = [@"blk\.(1|2)\.ffn_.*=CPU"] };

        var text = LaunchTargets.All.Find("LlamaCpp").Write(LaunchCases.LlamaCpp with { Serving = workload }).Text;

        Assert.Contains(@"--override-tensor 'blk\.(1|2)\.ffn_.*=CPU'", text, StringComparison.Ordinal);
    }

    // What ollama's parser makes of the rest of a line: parser/parser.go, unquote.
    private static string Unquote(string value)
    {
        var three = "\"\"\"";
        return value.StartsWith(three, StringComparison.Ordinal) ? value[3..^3]
            : value.StartsWith('"') ? value[1..^1]
            : value.Trim();
    }

    // The lines with comments taken out of their words, so that only their number and kind are left.
    private static string Comments(LaunchDocument document)
    {
        return string.Join('\n', document.Text.Split('\n').Select(line => line.StartsWith("# ", StringComparison.Ordinal) ? "#"
            : line.Contains("_comment", StringComparison.Ordinal) || line.StartsWith("    \"", StringComparison.Ordinal) && document.Format == "JSON" ? "\""
            : line.Contains("name=", StringComparison.Ordinal) ? "name" : line));
    }

    private static string[] Arguments(TemporaryFolder folder, string script)
    {
        var calls = Path.Combine(folder.Path, "calls");
        var wrapped = "vllm() { printf '%s\\0' \"$@\" > calls; }\n" + script + "\n";
        var start = new ProcessStartInfo("bash") { WorkingDirectory = folder.Path, RedirectStandardInput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-s");
        using var bash = Process.Start(start)!;
        bash.StandardInput.Write(wrapped);
        bash.StandardInput.Close();
        var errors = bash.StandardError.ReadToEnd();
        bash.WaitForExit();
        Assert.Empty(errors);
        return File.ReadAllText(calls).Split('\0');
    }
}
