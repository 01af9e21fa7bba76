# Evaluates a Homebrew formula: formula.rb FORMULA macos|linux arm|intel PREFIX prints its URL, its digest and the files that it installs
# from the current directory.
require 'fileutils'
require 'pathname'

FORMULA, SYSTEM, PROCESSOR, PREFIX = ARGV

class Place < Pathname
  def install(*files)
    FileUtils.mkdir_p(to_s)
    FileUtils.cp(files.flatten, to_s)
  end
end

class Formula
  class << self
    %i[desc homepage license version url sha256].each do |name|
      define_method(name) { |value = nil| value ? instance_variable_set("@#{name}", value) : instance_variable_get("@#{name}") }
    end

    %w[macos linux].each { |name| define_method("on_#{name}") { |&block| block.call if SYSTEM == name } }
    %w[arm intel].each { |name| define_method("on_#{name}") { |&block| block.call if PROCESSOR == name } }

    def test; end

    def inherited(formula)
      super
      $formula = formula
    end
  end

  {
    bin: 'bin', man1: 'share/man/man1', bash_completion: 'etc/bash_completion.d', zsh_completion: 'share/zsh/site-functions',
    fish_completion: 'share/fish/vendor_completions.d'
  }.each { |name, folder| define_method(name) { Place.new(File.join(PREFIX, folder)) } }
end

load FORMULA
raise 'a word of the description is missing' unless $formula.desc && $formula.homepage && $formula.version && $formula.license

$formula.new.install
$formula.new.caveats
puts $formula.url, $formula.sha256
puts Dir.glob('**/*', base: PREFIX).select { |file| File.file?(File.join(PREFIX, file)) }.sort
