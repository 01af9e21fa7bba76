class HeliosRender < Formula
  desc "Plan, render and merge distributed video from HTML"
  homepage "@ADDRESS@"
  version "@VERSION@"
  license "MIT"

@PLATFORMS@

  def install
    bin.install "bin/helios"
    man1.install Dir["share/man/man1/*.1"]
    bash_completion.install "share/bash-completion/completions/helios"
    zsh_completion.install "share/zsh/site-functions/_helios"
    fish_completion.install "share/fish/vendor_completions.d/helios.fish"
  end

  def caveats
    <<~EOS
      Rendering needs Linux, chromium-headless-shell and ffmpeg; `helios doctor` says what is missing.
      Planning, checking and submission documents for batch engines work here without them.
    EOS
  end

  test do
    assert_match "helios #{version}", shell_output("#{bin}/helios --version")
    (testpath/"page.html").write "<!doctype html><title>page</title>"
    system bin/"helios", "export-job", "page.html", "--job", "job.json"
    system bin/"helios", "check-job", "job.json"
  end
end
